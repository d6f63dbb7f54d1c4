using System.Buffers;
using System.Numerics;
using Imaging;
using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>A picture's levels of detail, from its full size down to 4x4. Their memory is pooled; disposing gives it back.</summary>
internal sealed class PictureLevels : IDisposable
{
    private readonly Picture _picture;
    private readonly List<Memory<byte>> _smaller;
    private byte[] _memory;

    private PictureLevels(Picture picture, string name)
    {
        (_picture, Name) = (picture, name);
        int[] sizes = [.. Enumerable.Range(1, 32).Select(lod => picture.Width >> lod).TakeWhile(s => s >= ImagePyramid.SmallestSize)];
        _memory = ArrayPool<byte>.Shared.Rent(Math.Max(1, picture.Pixels.Length / 2));
        _smaller = Partition(_memory, sizes.Select(s => picture.Channels * s * s));
        ImagePyramid.Compute(picture.Pixels, picture.Channels, picture.Width, _smaller);
    }

    /// <summary>The picture, for errors.</summary>
    internal string Name { get; }

    /// <summary>How many levels there are.</summary>
    internal int Count => 1 + _smaller.Count;

    /// <summary>The picture's shape.</summary>
    internal ImageShape Shape => ShapeOf(0);

    /// <summary>Computes the levels of a picture, which is theirs from then on, also where this throws.</summary>
    /// <exception cref="InvalidDataException">It is not square, its size is not a power of two, or it is smaller than 4x4.</exception>
    internal static PictureLevels Of(Picture picture, string name)
    {
        try
        {
            CheckSize(picture, name);
            return new PictureLevels(picture, name);
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    /// <summary>A level's pixels, [channels, size, size].</summary>
    internal ReadOnlySpan<byte> Pixels(int lod) => lod == 0 ? _picture.Pixels : _smaller[lod - 1].Span;

    /// <summary>A level's shape.</summary>
    internal ImageShape ShapeOf(int lod) => new(_picture.Channels, _picture.Height >> lod, _picture.Width >> lod);

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture.Dispose();
        byte[] memory = Interlocked.Exchange(ref _memory, []);
        if (memory.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(memory);
        }
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
            var (width, height) when width != height => "not square; crop it, or give --resize",
            var (width, _) when !BitOperations.IsPow2(width) => "not a power of two; resize it, or give --resize",
            ( < ImagePyramid.SmallestSize, _) =>
                $"smaller than {ImagePyramid.SmallestSize} x {ImagePyramid.SmallestSize}; resize it, or give --resize",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidDataException($"{name}: {picture.Width} x {picture.Height} pixels, {problem}");
        }
    }
}
