using BitMiracle.LibTiff.Classic;
using Imaging.Colors;

namespace Imaging.Decoding.Formats.LibTiff;

/// <summary>What a TIFF file says of its pixels.</summary>
internal sealed class TiffLayout
{
    private const string Format = "TIFF";
    private const int SignedInteger = 2;

    internal TiffLayout(EncodedImage image, Tiff tiff)
    {
        Width = Value(tiff, TiffTag.IMAGEWIDTH, 0);
        Height = Value(tiff, TiffTag.IMAGELENGTH, 0);
        Samples = Value(tiff, TiffTag.SAMPLESPERPIXEL, 1);
        Bits = Value(tiff, TiffTag.BITSPERSAMPLE, 1);
        Orientation = Value(tiff, TiffTag.ORIENTATION, 1);
        IsPlanar = Value(tiff, TiffTag.PLANARCONFIG, 1) == (int)PlanarConfig.SEPARATE && Samples > 1;
        Compression = (Compression)Value(tiff, TiffTag.COMPRESSION, 1);
        Photometric = (Photometric)Value(tiff, TiffTag.PHOTOMETRIC, 0);
        if (!tiff.IsCodecConfigured(Compression))
        {
            throw image.Unsupported(Format, $"compression {Compression}");
        }

        int format = Value(tiff, TiffTag.SAMPLEFORMAT, 1);
        bool isReadable = format == 1 || (format == SignedInteger && Bits == 8 && Samples == 1);
        Mode = (isReadable ? Find(Extra(tiff)) : null)
            ?? throw image.Unsupported(Format, $"{Samples} samples of {Bits} bits (photometric {Photometric}, sample format {format})");
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Samples of a pixel.</summary>
    internal int Samples { get; }

    /// <summary>Bits of a sample.</summary>
    internal int Bits { get; }

    internal int Orientation { get; }

    /// <summary>Whether each sample has a plane of its own.</summary>
    internal bool IsPlanar { get; }

    internal Compression Compression { get; }

    internal Photometric Photometric { get; }

    internal ColorMode Mode { get; }

    /// <summary>Whether colours are multiplied by alpha.</summary>
    internal bool IsPremultiplied { get; private set; }

    /// <summary>Whether colours are stored as luma and chroma that the JPEG codec turns into RGB.</summary>
    internal bool IsJpegYCbCr => Photometric == Photometric.YCBCR && Compression == Compression.JPEG && !IsPlanar;

    private ColorMode? Find(ExtraSample? extra)
    {
        IsPremultiplied = Photometric == Photometric.RGB && extra == ExtraSample.ASSOCALPHA;
        bool isGray = Photometric is Photometric.MINISBLACK or Photometric.MINISWHITE || (Photometric == Photometric.YCBCR && Samples == 1);
        bool isRgb = Photometric == Photometric.RGB || IsJpegYCbCr;
        return (Samples, Bits) switch
        {
            (1, 1) when isGray => ColorMode.Bilevel,
            (1, 2 or 4 or 8) when isGray => ColorMode.Gray,
            (1, 16) when isGray => ColorMode.Gray16,
            (2, 8) when Photometric == Photometric.MINISBLACK && extra == ExtraSample.UNASSALPHA => ColorMode.GrayAlpha,
            (1, 1 or 2 or 4 or 8) when Photometric == Photometric.PALETTE => ColorMode.Palette,
            (3, 8) when isRgb => ColorMode.Rgb,
            (3, 16) when isRgb => ColorMode.Rgb16,
            ( >= 4 and <= 6, 8) when isRgb && Samples > 3 => extra == ExtraSample.UNSPECIFIED ? ColorMode.Rgb : ColorMode.Rgba,
            (4, 16) when isRgb && !IsPremultiplied => extra == ExtraSample.UNSPECIFIED ? ColorMode.Rgb16 : ColorMode.Rgba16,
            (4, 8 or 16) when Photometric == Photometric.SEPARATED => ColorMode.Cmyk,
            _ => null,
        };
    }

    /// <summary>What the first sample beyond the colours is; null where the file does not say.</summary>
    private static ExtraSample? Extra(Tiff tiff)
    {
        FieldValue[]? extra = tiff.GetField(TiffTag.EXTRASAMPLES);
        return extra is null || extra[0].ToInt() == 0 ? null : (ExtraSample)extra[1].ToShortArray()[0];
    }

    private static int Value(Tiff tiff, TiffTag tag, int missing) =>
        tiff.GetField(tag) is { Length: > 0 } field ? field[0].ToInt() : missing;
}
