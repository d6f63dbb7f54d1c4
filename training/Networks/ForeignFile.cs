using System.Text;
using System.Text.RegularExpressions;
using Dnnlib.Pickle;

namespace Training.Networks;

/// <summary>Says what a file is that people take for a file of networks, and how they get the file that they want.</summary>
internal static partial class ForeignFile
{
    /// <summary>How much of a file's start is looked at.</summary>
    internal const int StartSize = 4096;

    private const string ReferenceFolder = "gdrive:networks/";
    private const string ReferenceAddress = "https://nvlabs-fi-cdn.nvidia.com/stylegan2/networks/";
    private const int MostNamed = 3;

    private const string Unpack = "; unpack it and give the file that was in it", Other = "; give a file of networks";

    private static readonly (string What, int At, byte[] Magic)[] s_kinds =
    [
        ("a gzip archive" + Unpack, 0, [0x1f, 0x8b]), ("a bzip2 archive" + Unpack, 0, [.. "BZh"u8]),
        ("an xz archive" + Unpack, 0, [0xfd, .. "7zXZ"u8, 0]), ("a Zstandard archive" + Unpack, 0, [0x28, 0xb5, 0x2f, 0xfd]),
        ("a 7-Zip archive" + Unpack, 0, [.. "7z"u8, 0xbc, 0xaf, 0x27, 0x1c]), ("a RAR archive" + Unpack, 0, [.. "Rar!\x1a\x07"u8]),
        ("a tar archive" + Unpack, 257, [.. "ustar"u8]), ("a PNG picture" + Other, 0, [0x89, .. "PNG\r\n"u8]),
        ("a JPEG picture" + Other, 0, [0xff, 0xd8, 0xff]), ("a GIF picture" + Other, 0, [.. "GIF8"u8]),
        ("an HDF5 file, as Keras saves weights, which is not read", 0, [0x89, .. "HDF"u8]),
        ("a file of safetensors, which is not read", 8, [.. "{\""u8]),
    ];

    /// <summary>Says of a file's name that it is an address; null where it is none.</summary>
    internal static string? OfName(string path)
    {
        if (path.StartsWith("gdrive:", StringComparison.OrdinalIgnoreCase))
        {
            string source = path.StartsWith(ReferenceFolder, StringComparison.OrdinalIgnoreCase)
                ? $" from {ReferenceAddress}{path[ReferenceFolder.Length..]}"
                : "";
            return $"it is a name of a file on NVIDIA's drive, and nothing is downloaded here; download it{source} and give the file";
        }

        return Address().IsMatch(path) ? "it is an address, and nothing is downloaded here; download it and give the file"
            : Directory.Exists(path) ? "it is a folder; give a file in it"
            : null;
    }

    /// <summary>Says what a file is by its start; null where it may be a file of networks.</summary>
    internal static string? OfContent(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return "it is empty; copy or download it again";
        }

        string text = Encoding.Latin1.GetString(start).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        if (WebPage().IsMatch(text))
        {
            string title = Title().Match(text) is { Success: true } match
                ? $" ({PlainValues.OnOneLine(match.Groups[1].Value.Trim())})"
                : "";
            return $"it is a web page{title}, as downloads give that fail; open the address in a browser and download the file itself";
        }

        if (text.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal))
        {
            return "it is a pointer of Git LFS to the file; get the file itself with: git lfs pull";
        }

        foreach ((string what, int at, byte[] magic) in s_kinds)
        {
            if (start.Length > at && start[at..].StartsWith(magic))
            {
                return $"it is {what}";
            }
        }

        return null;
    }

    /// <summary>Says what a ZIP file is that is none of PyTorch's.</summary>
    /// <param name="names">The names of what is in it.</param>
    internal static string OfZip(IReadOnlyList<string> names)
    {
        string holds = names.Count == 0 ? "nothing" : PlainValues.Listed([.. names.Select(n => PlainValues.OnOneLine(n))], MostNamed);
        return names.Count > 0 && names.All(n => n.EndsWith(".npy", StringComparison.Ordinal))
            ? $"it is a file of NumPy arrays ({holds}) without the settings of networks; give the network file that they came from"
            : $"it is a ZIP archive that holds {holds}; unpack it and give the file of networks in it";
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex Address();

    [GeneratedRegex(@"^(<!--.*?-->\s*)?<(!doctype\s+html|html|head|\?xml)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex WebPage();

    [GeneratedRegex(@"<title>(.*?)</title>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Title();
}
