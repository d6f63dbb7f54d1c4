using System.Text.RegularExpressions;
using System.Xml.Linq;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Architecture;

/// <summary>The source files that the tests were built from.</summary>
internal static partial class SourceTree
{
    /// <summary>The project files, by the paths from the root.</summary>
    internal static IReadOnlyList<string> Projects { get; } = [.. FilesEndingIn(".csproj")];

    /// <summary>The C# files, by the paths from the root, without those that a build makes.</summary>
    internal static IReadOnlyList<string> CSharpFiles { get; } = [.. FilesEndingIn(".cs")];

    internal static string[] Lines(string file) => File.ReadAllLines(Repository.File(file));

    internal static XDocument Project(string file) => XDocument.Load(Repository.File(file));

    internal static string FolderOf(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    internal static string? NamespaceOf(string file) =>
        Lines(file).Select(l => NamespaceLine().Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value;

    /// <summary>The namespaces, and types after them, that the using directives of a file name.</summary>
    internal static IEnumerable<string> UsingsOf(string file) =>
        Lines(file).Select(l => UsingLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> FilesEndingIn(string extension) =>
        Directory.EnumerateFiles(Repository.Root, $"*{extension}", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj" || part.StartsWith('.')))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+)")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+)")]
    private static partial Regex UsingLine();
}
