namespace StyleGan2.Encoder.Tests.Architecture;

/// <summary>
/// What breaks a rule today. Each rule has a file in the folder KnownViolations, one violation a line; it only becomes shorter.
/// </summary>
internal static class KnownViolations
{
    private const string Folder = "StyleGan2.Encoder.Tests/Architecture/KnownViolations";

    /// <summary>Checks that a rule is broken nowhere but where its list says so, and everywhere where it does.</summary>
    internal static void AssertOnly(string list, IEnumerable<string> found)
    {
        string file = $"{Folder}/{list}.txt";
        string[] known = File.Exists(Path.Combine(SourceTree.Root, file)) ? SourceTree.Lines(file) : [];
        string[] violations = [.. found.Distinct().Order(StringComparer.Ordinal)];
        string[] added = [.. violations.Except(known)], mended = [.. known.Except(violations)];
        Assert.True(added.Length == 0, $"these break the rule; mend them:\n{string.Join('\n', added)}");
        Assert.True(mended.Length == 0, $"these no longer break the rule; remove them from {file}:\n{string.Join('\n', mended)}");
    }
}
