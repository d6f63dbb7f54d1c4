using System.Security.Cryptography;
using System.Text;

namespace DatasetTool.Parts;

/// <summary>What identifies a list of pictures.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="NamesSha256">The SHA-256 of their paths within their folder, in order, each followed by a zero.</param>
internal sealed record PictureList(int Count, string NamesSha256)
{
    /// <summary>Identifies a list.</summary>
    /// <param name="paths">The pictures' paths within their folder.</param>
    internal static PictureList Of(IEnumerable<string> paths)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count = 0;
        foreach (string path in paths)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path.Replace('\\', '/')}\0"));
            count++;
        }

        return new PictureList(count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
