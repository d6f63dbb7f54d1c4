using BitMiracle.LibTiff.Classic;
using Imaging.Colors;
using Imaging.Resizing;

namespace Imaging.Decoding.Formats.LibTiff;

/// <summary>TIFF; of several pictures, the first. Its orientation is applied, as PIL does.</summary>
internal sealed class TiffFormat : IImageFormat
{
    private const string Format = "TIFF";

    static TiffFormat() => Tiff.SetErrorHandler(new SilentErrorHandler());

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) =>
        file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8);

    /// <inheritdoc/>
    public PictureHeader ReadHeader(EncodedImage image) => WithLayout(image, (_, layout) => Orientations.IsTransposed(layout.Orientation)
        ? new PictureHeader(layout.Height, layout.Width, layout.Mode)
        : new PictureHeader(layout.Width, layout.Height, layout.Mode));

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, PictureHeader header, int channels) => WithLayout(image, (tiff, layout) =>
    {
        TiffSamples samples = TiffSamples.Read(image, tiff, layout);
        Picture picture = new(channels, layout.Height, layout.Width);
        ushort[] row = new ushort[layout.Width * layout.Samples];
        byte[] colors = new byte[PixelLayout.Rgba.Size * layout.Width];
        TiffColors converter = new(image, tiff, layout);
        for (int y = 0; y < layout.Height; y++)
        {
            samples.Unpack(y, row);
            converter.ToRgba(row, colors);
            picture.SetRow(y, colors, PixelLayout.Rgba);
        }

        return Orientations.Upright(picture, layout.Orientation);
    });

    /// <summary>Opens a file for use. The library answers some damage with whatever exception its arithmetic ends in.</summary>
    private static T WithLayout<T>(EncodedImage image, Func<Tiff, TiffLayout, T> use)
    {
        TiffDirectory.CheckPresence(image);
        try
        {
            using Tiff tiff = Open(image);
            TiffLayout layout = new(image, tiff);
            return use(tiff, layout);
        }
        catch (Exception error) when (error is not (InvalidDataException or OutOfMemoryException))
        {
            throw image.Damaged(Format, "its fields contradict each other", error);
        }
    }

    private static Tiff Open(EncodedImage image) =>
        Tiff.ClientOpen(image.Name, "r", new MemoryStream(image.Data.ToArray(), writable: false), new TiffStream())
            ?? throw image.Damaged(Format, "its directory cannot be read");

    /// <summary>Errors are reported by exceptions, not on the console.</summary>
    private sealed class SilentErrorHandler : TiffErrorHandler
    {
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }
    }
}
