namespace Imaging.Decoding.Formats;

/// <summary>A file format of pictures, decoded to PIL's pixels.</summary>
internal interface IImageFormat
{
    /// <summary>Whether a file is of this format, by its first bytes.</summary>
    bool Matches(ReadOnlySpan<byte> file);

    /// <summary>What the file says of its pixels.</summary>
    /// <exception cref="InvalidDataException">The header is damaged or asks for what cannot be read.</exception>
    PictureHeader ReadHeader(EncodedImage image);

    /// <summary>Decodes the picture.</summary>
    /// <param name="image">The file.</param>
    /// <param name="header">What <see cref="ReadHeader"/> found in it.</param>
    /// <param name="channels">The channels wanted: those of the mode, 3 to convert to RGB, or 4 to RGBA.</param>
    /// <exception cref="InvalidDataException">The file is cut off or damaged.</exception>
    Picture Decode(EncodedImage image, PictureHeader header, int channels);
}
