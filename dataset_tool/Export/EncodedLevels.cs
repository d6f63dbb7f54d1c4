using System.Buffers;
using CommunityToolkit.HighPerformance.Buffers;
using DatasetTool.Images;
using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>A picture's levels of detail as records, from its full size down to 4x4. Its memory is pooled; disposing gives it back.</summary>
internal sealed class EncodedLevels : IDisposable
{
    private const int LargestOverhead = 64;

    private readonly List<ArrayPoolBufferWriter<byte>> _records = [];

    private EncodedLevels(string name, ImageShape shape) => (Name, Shape) = (name, shape);

    /// <summary>The picture, for errors.</summary>
    internal string Name { get; }

    /// <summary>The picture's shape.</summary>
    internal ImageShape Shape { get; }

    /// <summary>The records, level 0 first.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Records => _records.Select(r => r.WrittenMemory);

    /// <summary>Encodes a picture.</summary>
    /// <exception cref="InvalidDataException">It is not square, its size is not a power of two, or it is smaller than 4x4.</exception>
    internal static EncodedLevels Encode(Picture picture, string name, ExampleKeyOrder order)
    {
        CheckSize(picture, name);
        int size = picture.Width;
        EncodedLevels encoded = new(name, new ImageShape(picture.Channels, size, size));
        encoded.Add(picture.Pixels, size, order);
        List<int> sizes = [.. Enumerable.Range(1, 32).Select(lod => size >> lod).TakeWhile(s => s >= ImagePyramid.SmallestSize)];
        byte[] memory = ArrayPool<byte>.Shared.Rent(Math.Max(1, picture.Pixels.Length / 2));
        List<Memory<byte>> levels = Partition(memory, sizes.Select(s => picture.Channels * s * s));
        ImagePyramid.Compute(picture.Pixels, picture.Channels, size, levels);
        foreach ((Memory<byte> level, int levelSize) in levels.Zip(sizes))
        {
            encoded.Add(level.Span, levelSize, order);
        }

        ArrayPool<byte>.Shared.Return(memory);
        return encoded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _records.ForEach(r => r.Dispose());
        _records.Clear();
    }

    private void Add(ReadOnlySpan<byte> pixels, int size, ExampleKeyOrder order)
    {
        ArrayPoolBufferWriter<byte> record = new(pixels.Length + LargestOverhead);
        _records.Add(record);
        ExampleWriter.Write(record, pixels, Shape with { Height = size, Width = size }, order);
    }

    private static List<Memory<byte>> Partition(Memory<byte> memory, IEnumerable<int> lengths)
    {
        List<Memory<byte>> parts = [];
        foreach (int length in lengths)
        {
            parts.Add(memory[..length]);
            memory = memory[length..];
        }

        return parts;
    }

    private static void CheckSize(Picture picture, string name)
    {
        string? problem = (picture.Width, picture.Height) switch
        {
            var (width, height) when width != height => "not square; crop it",
            var (width, _) when !System.Numerics.BitOperations.IsPow2(width) => "not a power of two; resize it",
            ( < ImagePyramid.SmallestSize, _) => $"smaller than {ImagePyramid.SmallestSize} x {ImagePyramid.SmallestSize}; resize it",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidDataException($"{name}: {picture.Width} x {picture.Height} pixels, {problem}");
        }
    }
}
