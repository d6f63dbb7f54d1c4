using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StyleGan2.Encoder.Tests.Architecture;

/// <summary>The source files that the tests were built from.</summary>
internal static partial class SourceTree
{
    /// <summary>The folder of the solution.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>The project files, by the paths from the root.</summary>
    internal static IReadOnlyList<string> Projects { get; } = [.. FilesEndingIn(".csproj")];

    /// <summary>The C# files, by the paths from the root, without those that a build makes.</summary>
    internal static IReadOnlyList<string> CSharpFiles { get; } = [.. FilesEndingIn(".cs")];

    internal static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    internal static XDocument Project(string file) => XDocument.Load(Path.Combine(Root, file));

    internal static string FolderOf(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    internal static string? NamespaceOf(string file) =>
        Lines(file).Select(l => NamespaceLine().Match(l)).FirstOrDefault(m => m.Success)?.Groups[1].Value;

    /// <summary>The namespaces, and types after them, that the using directives of a file name.</summary>
    internal static IEnumerable<string> UsingsOf(string file) =>
        Lines(file).Select(l => UsingLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> FilesEndingIn(string extension) =>
        Directory.EnumerateFiles(Root, $"*{extension}", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj" || part.StartsWith('.')))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "StyleGan2.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException(
            $"no folder above {AppContext.BaseDirectory} holds StyleGan2.sln; run the tests where they were built");
    }

    [GeneratedRegex(@"^namespace ([\w.]+)")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+)")]
    private static partial Regex UsingLine();
}
