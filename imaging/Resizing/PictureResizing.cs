using System.Numerics;

namespace Imaging.Resizing;

/// <summary>
/// Cropping, and resizing to the bytes of PIL's Lanczos (<c>Image.resize(size, LANCZOS)</c>): rows first, then columns, with 8-bit pixels
/// in between.
/// </summary>
public static class PictureResizing
{
    private const int Half = 1 << (LanczosCoefficients.FractionBits - 1);

    /// <summary>A part of a picture.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <param name="left">The first column.</param>
    /// <param name="top">The first row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static Picture Crop(this Picture picture, int left, int top, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture part = new(picture.Channels, height, width);
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                picture.Row(channel, top + y).Slice(left, width).CopyTo(part.Row(channel, y));
            }
        }

        return part;
    }

    /// <summary>The largest square in a picture's middle.</summary>
    private static Picture CropSquare(Picture picture)
    {
        int side = Math.Min(picture.Width, picture.Height);
        return Crop(picture, (picture.Width - side) / 2, (picture.Height - side) / 2, side, side);
    }

    /// <summary>The largest square in a picture's middle, in another size.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <param name="side">Rows and columns.</param>
    public static Picture ToSquare(this Picture picture, int side)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using Picture square = CropSquare(picture);
        return Resize(square, side, side);
    }

    /// <summary>A wide picture in the middle of a black square.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The picture is higher than wide.</exception>
    public static Picture Letterbox(this Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(picture.Height, picture.Width);
        Picture square = new(picture.Channels, picture.Width, picture.Width);
        square.Writable.Clear();
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int y = 0; y < picture.Height; y++)
            {
                picture.Row(channel, y).CopyTo(square.Row(channel, ((picture.Width - picture.Height) / 2) + y));
            }
        }

        return square;
    }

    /// <summary>A picture in another size.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static Picture Resize(this Picture picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using Picture narrowed = picture.Width == width ? Crop(picture, 0, 0, width, picture.Height) : ResizeRows(picture, width);
        return picture.Height == height ? Crop(narrowed, 0, 0, width, height) : ResizeColumns(narrowed, height);
    }

    private static Picture ResizeRows(Picture picture, int width)
    {
        LanczosCoefficients coefficients = new(picture.Width, width);
        Picture resized = new(picture.Channels, picture.Height, width);
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int y = 0; y < picture.Height; y++)
            {
                ResizeRow(picture.Row(channel, y), resized.Row(channel, y), coefficients);
            }
        }

        return resized;
    }

    private static void ResizeRow(ReadOnlySpan<byte> from, Span<byte> to, LanczosCoefficients coefficients)
    {
        for (int x = 0; x < to.Length; x++)
        {
            (int first, ReadOnlyMemory<int> weights) = coefficients[x];
            ReadOnlySpan<int> values = weights.Span;
            ReadOnlySpan<byte> window = from.Slice(first, values.Length);
            int sum = Half;
            for (int i = 0; i < values.Length; i++)
            {
                sum += window[i] * values[i];
            }

            to[x] = ToByte(sum);
        }
    }

    private static Picture ResizeColumns(Picture picture, int height)
    {
        LanczosCoefficients coefficients = new(picture.Height, height);
        Picture resized = new(picture.Channels, height, picture.Width);
        int[] sums = new int[picture.Width];
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                (int first, ReadOnlyMemory<int> weights) = coefficients[y];
                sums.AsSpan().Fill(Half);
                for (int i = 0; i < weights.Length; i++)
                {
                    AddRow(picture.Row(channel, first + i), weights.Span[i], sums);
                }

                Span<byte> row = resized.Row(channel, y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = ToByte(sums[x]);
                }
            }
        }

        return resized;
    }

    private static void AddRow(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        int x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> first, out Vector<ushort> second);
            AddProducts(first, weight, sums[x..]);
            AddProducts(second, weight, sums[(x + Vector<ushort>.Count)..]);
        }

        for (; x < row.Length; x++)
        {
            sums[x] += row[x] * weight;
        }
    }

    private static void AddProducts(Vector<ushort> pixels, int weight, Span<int> sums)
    {
        Vector.Widen(pixels, out Vector<uint> first, out Vector<uint> second);
        (new Vector<int>(sums) + (Vector.AsVectorInt32(first) * weight)).CopyTo(sums);
        Span<int> rest = sums[Vector<int>.Count..];
        (new Vector<int>(rest) + (Vector.AsVectorInt32(second) * weight)).CopyTo(rest);
    }

    private static byte ToByte(int sum) => (byte)Math.Clamp(sum >> LanczosCoefficients.FractionBits, 0, 255);
}
