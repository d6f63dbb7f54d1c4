using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using NumSharp;

namespace TensorGraph.Numpy;

/// <summary>
/// Reads .npy files of numbers. What a header claims is held against the file's size before memory is taken, which NumSharp's reader does
/// not do.
/// </summary>
public static partial class NpyFile
{
    private const int PrefixSize = 8;
    private const int LongestHeader = 1 << 16;

    /// <summary>The array in a file, in its own element type.</summary>
    /// <exception cref="InvalidDataException">
    /// It is not a .npy file, holds something other than numbers that tensors can hold, or is cut off.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NDArray Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>The array in a stream that knows its length, from where it stands.</summary>
    internal static NDArray Read(Stream stream, string path)
    {
        Match header = Header().Match(ReadHeader(stream, path));
        if (!header.Success)
        {
            throw new InvalidDataException($"{path}: its header is not that of a NumPy array of numbers; save it again with np.save");
        }

        (Type dtype, int size) = ElementType(header.Groups["type"].Value, path);
        Shape shape = Shape(header.Groups["dims"].Value, size, stream.Length - stream.Position, path);
        NDArray array = Empty(shape, dtype, path);
        stream.ReadExactly(array.Bytes());
        if (header.Groups["order"].Value == ">")
        {
            SwapBytes(array.Bytes(), size);
        }

        GC.KeepAlive(array);
        return header.Groups["fortran"].Value == "True" ? FirstIndexFastest(array) : array;
    }

    private static NDArray Empty(Shape shape, Type dtype, string path)
    {
        try
        {
            return np.empty(shape, dtype);
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException(
                $"{path}: values of shape {shape} and type {dtype.Name}; close other programs, or give fewer values", error);
        }
    }

    private static string ReadHeader(Stream stream, string path)
    {
        Span<byte> prefix = stackalloc byte[PrefixSize + sizeof(uint)];
        bool isWhole = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) == prefix.Length;
        if (!isWhole || prefix[0] != 0x93 || !prefix[1..].StartsWith("NUMPY"u8))
        {
            throw new InvalidDataException($"{path}: it is not a NumPy array file (.npy)");
        }

        bool isFirstVersion = prefix[6] == 1;
        ReadOnlySpan<byte> size = prefix[PrefixSize..];
        uint length = isFirstVersion ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        stream.Position = PrefixSize + (isFirstVersion ? sizeof(ushort) : sizeof(uint));
        byte[] header = new byte[Math.Min(length, LongestHeader)];
        return Encoding.ASCII.GetString(header, 0, stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false));
    }

    private static (Type Type, int Size) ElementType(string type, string path) => type switch
    {
        "f4" => (typeof(float), sizeof(float)),
        "f8" => (typeof(double), sizeof(double)),
        "u1" => (typeof(byte), sizeof(byte)),
        "i4" => (typeof(int), sizeof(int)),
        "i8" => (typeof(long), sizeof(long)),
        "b1" => (typeof(bool), sizeof(bool)),
        _ => throw new InvalidDataException($"{path}: its elements are of NumPy's type {type}; convert them with astype('float32')"),
    };

    private static Shape Shape(string dims, int elementSize, long available, string path)
    {
        decimal size = elementSize;
        List<long> shape = [];
        foreach (string dim in dims.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(dim, out long length) || (size *= length) > available)
            {
                throw new InvalidDataException($"{path}: an array of shape ({dims}) is larger than the file; it is cut off");
            }

            shape.Add(length);
        }

        return new Shape([.. shape]);
    }

    /// <summary>Elements read as if the last index ran fastest, where the first does.</summary>
    private static NDArray FirstIndexFastest(NDArray read) => read.reshape(new Shape([.. read.shape.Reverse()])).transpose().Contiguous();

    /// <summary>Turns elements from one byte order into the other, in place.</summary>
    internal static void SwapBytes(Span<byte> bytes, int elementSize)
    {
        for (; !bytes.IsEmpty; bytes = bytes[elementSize..])
        {
            bytes[..elementSize].Reverse();
        }
    }

    [GeneratedRegex(
        @"^\{'descr': '(?<order>[<>|=])(?<type>[a-zA-Z]\d+)', 'fortran_order': (?<fortran>True|False), "
        + @"'shape': \((?<dims>[\d, ]*)\), *\} *\n$")]
    private static partial Regex Header();
}
