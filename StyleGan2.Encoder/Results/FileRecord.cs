using System.Security.Cryptography;

namespace StyleGan2.Encoder.Results;

/// <summary>What identifies a file's content.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal digits.</param>
internal sealed record FileRecord(long Bytes, string Sha256)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read; one line that names it.</exception>
    public static FileRecord Of(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return new FileRecord(file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be read ({error.Message})", error);
        }
    }
}
