namespace StyleGan2.Encoder.Tests.Architecture;

/// <summary>What the rules of the house have in common.</summary>
internal static class Rule
{
    /// <summary>Checks that nothing was found that breaks a rule, and tells all that was.</summary>
    internal static void AssertUnbroken(IEnumerable<string> found)
    {
        string[] violations = [.. found.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(violations.Length == 0, $"these break the rule; mend them:\n{string.Join('\n', violations)}");
    }
}
