using System.IO.Compression;

namespace DatasetTool.Sources;

/// <summary>A gzip-compressed file of bytes after a header, as MNIST comes (idx).</summary>
internal static class IdxFile
{
    /// <summary>The bytes after the header; of the header itself nothing is asked, as the reference does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="headerSize">Bytes of the header.</param>
    /// <param name="shape">The shape of what follows, which it must fill exactly.</param>
    /// <exception cref="InvalidDataException">The file is missing or damaged, or holds fewer or more bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static byte[] Load(string path, int headerSize, params int[] shape)
    {
        byte[] content = new byte[headerSize + shape.Aggregate((size, d) => size * d)];
        bool isThatLong;
        using FileStream file = InputFile.Open(path);
        using GZipStream stream = new(file, CompressionMode.Decompress);
        try
        {
            isThatLong = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && stream.ReadByte() < 0;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: not a gzip file, or it is cut off or damaged; get a whole copy of it", error);
        }

        return isThatLong
            ? content[headerSize..]
            : throw new InvalidDataException(
                $"{path}: does not hold [{string.Join(", ", shape)}] bytes after its header; get the file of the whole dataset");
    }
}
