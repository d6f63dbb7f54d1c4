using System.Buffers.Binary;
using System.IO.Hashing;
using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>PNG, interlaced or not.</summary>
internal sealed class PngFormat : IImageFormat
{
    private const string Format = "PNG";
    private const int HeaderEnd = 33;
    private const int DepthOffset = 24;
    private const int ColorOffset = 25;
    private const int HeaderCrcOffset = 29;

    /// <summary>The most bytes that one of deflate's becomes.</summary>
    private const int MostCompression = 1032;

    /// <summary>Bytes of a chunk's length, name and checksum.</summary>
    private const int ChunkFrame = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <inheritdoc/>
    public PictureHeader ReadHeader(EncodedImage image)
    {
        ReadOnlySpan<byte> header = image.Data.Length < HeaderEnd ? throw image.CutOff(Format) : image.Bytes;
        int width = BinaryPrimitives.ReadInt32BigEndian(header[16..]), height = BinaryPrimitives.ReadInt32BigEndian(header[20..]);
        return new PictureHeader(width, height, Mode(image), Orientation(image.Bytes));
    }

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, PictureHeader header, int channels)
    {
        long leastBytes = (long)header.Width * header.Height * image.Bytes[DepthOffset] / 8;
        if (leastBytes / MostCompression > image.Data.Length)
        {
            throw image.CutOff(Format);
        }

        return header.Mode == ColorMode.Gray16 ? DecodeGray16(image, channels) : SkiaPixels.Decode(image, Format, channels);
    }

    private static ColorMode Mode(EncodedImage image)
    {
        int depth = image.Bytes[DepthOffset], color = image.Bytes[ColorOffset];
        return (color, depth) switch
        {
            (0, 1) => ColorMode.Bilevel,
            (0, 2 or 4 or 8) => ColorMode.Gray,
            (0, 16) => ColorMode.Gray16,
            (2, 8) => ColorMode.Rgb,
            (2, 16) => ColorMode.Rgb16,
            (3, 1 or 2 or 4 or 8) => ColorMode.Palette,
            (4, 8) => ColorMode.GrayAlpha,
            (6, 8) => ColorMode.Rgba,
            (4 or 6, 16) => ColorMode.Rgba16,
            _ => throw image.Damaged(Format, $"there is no colour type {color} with {depth} bits"),
        };
    }

    /// <summary>What an eXIf chunk says of the orientation, which Skia does not read.</summary>
    private static int Orientation(ReadOnlySpan<byte> file)
    {
        long length;
        for (long start = Signature.Length; start + ChunkFrame <= file.Length; start += ChunkFrame + length)
        {
            ReadOnlySpan<byte> chunk = file[(int)start..];
            length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (chunk[4..].StartsWith("eXIf"u8) && length <= chunk.Length - ChunkFrame)
            {
                return ExifBlock.Orientation(chunk.Slice(8, (int)length));
            }
        }

        return 1;
    }

    /// <summary>
    /// 16-bit gray. Skia keeps its upper bits only; under a header that calls the file 8-bit gray with
    /// alpha, whose pixels have the same bytes, they come out whole.
    /// </summary>
    private static Picture DecodeGray16(EncodedImage image, int channels)
    {
        byte[] file = image.Data.ToArray();
        (file[DepthOffset], file[ColorOffset]) = (8, 4);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(HeaderCrcOffset), Crc32.HashToUInt32(file.AsSpan(12, HeaderCrcOffset - 12)));
        byte[] levels = [];
        return SkiaPixels.Decode(image with { Data = file }, Format, channels, (picture, y, pixels) =>
        {
            levels = levels.Length == 0 ? new byte[picture.Width] : levels;
            for (int x = 0; x < levels.Length; x++)
            {
                levels[x] = image.GrayLevel((pixels[4 * x] << 8) | pixels[(4 * x) + 3]);
            }

            picture.SetRow(y, levels, PixelLayout.Gray);
        });
    }
}
