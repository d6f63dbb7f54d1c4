using Imaging;

namespace DatasetTool.Sources;

/// <summary>MNIST's training set: 60000 gray pictures of 28x28 pixels, each of a digit.</summary>
internal sealed class MnistFiles
{
    internal const int Count = 60000;
    private const int Side = 28;
    private const int Border = 2;
    private const int PaddedSide = Side + (2 * Border);
    private const int ImagesHeader = 16;
    private const int LabelsHeader = 8;
    private const int LargestDigit = 9;

    private readonly string _folder;
    private readonly byte[] _images;

    private MnistFiles(string folder, byte[] images) => (_folder, _images) = (folder, images);

    /// <summary>Reads the images.</summary>
    /// <exception cref="InvalidDataException">The file is missing, damaged or another one.</exception>
    internal static MnistFiles Load(string folder)
    {
        string file = Path.Combine(folder, "train-images-idx3-ubyte.gz");
        byte[] images = IdxFile.Load(file, ImagesHeader, Count, Side, Side);
        ValueRange.Check([images], file, "pixels", byte.MaxValue);
        return new MnistFiles(folder, images);
    }

    /// <summary>The images in gray, with the digits as classes.</summary>
    /// <exception cref="InvalidDataException">The file of digits is missing, damaged or another one.</exception>
    internal LabeledImages WithDigits()
    {
        string file = Path.Combine(_folder, "train-labels-idx1-ubyte.gz");
        byte[] digits = IdxFile.Load(file, LabelsHeader, Count);
        ValueRange.Check([digits], file, "labels", (byte)LargestDigit);
        return new LabeledImages(_folder, [.. digits.Select(d => (int)d)], i => Padded(i));
    }

    /// <summary>A picture of 32x32 pixels with one image in each channel, inside a black border.</summary>
    internal Picture Padded(params ReadOnlySpan<int> images)
    {
        byte[] pixels = new byte[images.Length * PaddedSide * PaddedSide];
        for (int channel = 0; channel < images.Length; channel++)
        {
            for (int y = 0; y < Side; y++)
            {
                int row = (((channel * PaddedSide) + y + Border) * PaddedSide) + Border;
                _images.AsSpan(((images[channel] * Side) + y) * Side, Side).CopyTo(pixels.AsSpan(row));
            }
        }

        return Picture.FromPixels(pixels, images.Length, PaddedSide, PaddedSide);
    }
}
