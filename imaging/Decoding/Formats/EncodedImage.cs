using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>A picture as its file holds it.</summary>
/// <param name="Name">The file, for errors.</param>
/// <param name="Data">All its bytes.</param>
/// <param name="MaxPixels">The most pixels that memory is set aside for.</param>
internal sealed record EncodedImage(string Name, ReadOnlyMemory<byte> Data, long MaxPixels)
{
    internal ReadOnlySpan<byte> Bytes => Data.Span;

    internal InvalidDataException CutOff(string format) =>
        new($"{Name}: the {format} file is cut off ({Data.Length} bytes); get a whole copy of it or remove it");

    internal InvalidDataException Damaged(string format, string what, Exception? cause = null) =>
        new($"{Name}: the {format} file is damaged: {what}; get a whole copy of it or remove it", cause);

    internal InvalidDataException Unsupported(string format, string what) =>
        new($"{Name}: {format} with {what} cannot be read; save it as an 8-bit gray or RGB PNG");

    internal InvalidDataException Refused(ColorMode mode) =>
        new($"{Name}: {mode.Description} (mode {mode.Name}), not 8-bit gray or RGB; save it as one of these, or give --convert rgb");

    /// <summary>Checks a size before memory is set aside for it.</summary>
    /// <exception cref="InvalidDataException">There are no pixels, or more than allowed.</exception>
    internal void CheckSize(int width, int height)
    {
        if (width <= 0 || height <= 0)
        {
            throw new InvalidDataException($"{Name}: it says that it has {width} x {height} pixels; get a whole copy of it or remove it");
        }

        if ((long)width * height > MaxPixels)
        {
            throw new InvalidDataException(
                $"{Name}: {width} x {height} pixels, more than {MaxPixels}; make the picture smaller, or allow more with --max-pixels");
        }
    }
}
