using BitMiracle.LibTiff.Classic;
using Imaging.Colors;

namespace Imaging.Decoding.Formats.LibTiff;

/// <summary>
/// Decodes the JPEG strips and tiles of TIFF files with luma and chroma. Each becomes a JPEG file with the TIFF file's tables, which Skia
/// decodes: LibTiff's decoder enlarges chroma in another way than the libjpeg-turbo that PIL uses.
/// </summary>
internal static class TiffJpeg
{
    private const string Format = "TIFF";
    private const int MarkerSize = 2;

    /// <summary>Says that the components are luma and chroma (Adobe's marker, transform 1).</summary>
    private static ReadOnlySpan<byte> StartWithAdobe =>
        [0xff, 0xd8, 0xff, 0xee, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 1];

    /// <summary>Decodes a strip to RGB pixels.</summary>
    /// <returns>The bytes written; -1 where the strip is not in the file.</returns>
    internal static int DecodeStrip(EncodedImage image, Tiff tiff, int strip, Span<byte> pixels)
    {
        byte[] data = new byte[Math.Clamp(tiff.RawStripSize(strip), 0, image.Data.Length)];
        return Decode(image, tiff, data, tiff.ReadRawStrip(strip, data, 0, data.Length), pixels);
    }

    /// <summary>Decodes a tile to RGB pixels.</summary>
    /// <returns>The bytes written; -1 where the tile is not in the file.</returns>
    internal static int DecodeTile(EncodedImage image, Tiff tiff, int tile, Span<byte> pixels)
    {
        byte[] data = new byte[Math.Clamp(tiff.RawTileSize(tile), 0, image.Data.Length)];
        return Decode(image, tiff, data, tiff.ReadRawTile(tile, data, 0, data.Length), pixels);
    }

    private static int Decode(EncodedImage image, Tiff tiff, byte[] data, int length, Span<byte> pixels)
    {
        if (length < 2 * MarkerSize)
        {
            return -1;
        }

        byte[] tables = tiff.GetField(TiffTag.JPEGTABLES) is { Length: 2 } field ? field[1].ToByteArray() : [];
        ReadOnlySpan<byte> inner = tables.Length < 2 * MarkerSize ? [] : tables.AsSpan(MarkerSize..^MarkerSize);
        byte[] file = [.. StartWithAdobe, .. inner, .. data.AsSpan(MarkerSize, length - MarkerSize)];
        using Picture picture = SkiaPixels.Decode(image with { Data = file }, Format, 3);
        int size = Math.Min(picture.Pixels.Length, pixels.Length);
        Interleaving.Join(picture.Pixels, 3, pixels[..size]);
        return size;
    }
}
