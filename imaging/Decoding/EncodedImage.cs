namespace Imaging.Decoding;

/// <summary>A picture as its file holds it.</summary>
/// <param name="Name">The file, for errors.</param>
/// <param name="Data">All its bytes.</param>
internal sealed record EncodedImage(string Name, ReadOnlyMemory<byte> Data)
{
    /// <summary>The most pixels that PIL opens.</summary>
    private const long LargestPicture = 2 * 89478485L;

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
    /// <exception cref="InvalidDataException">There are no pixels, or more than PIL opens.</exception>
    internal void CheckSize(string format, long width, long height)
    {
        if (width <= 0 || height <= 0)
        {
            throw Damaged(format, $"it says that it has {width} x {height} pixels");
        }

        if (width > LargestPicture / height)
        {
            throw Unsupported(format, $"{width} x {height} pixels, more than {LargestPicture},");
        }
    }
}
