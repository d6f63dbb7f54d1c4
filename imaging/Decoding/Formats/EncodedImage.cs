using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>A picture as its file holds it.</summary>
/// <param name="Name">The file, for errors.</param>
/// <param name="Data">All its bytes.</param>
/// <param name="Options">How it is decoded.</param>
internal sealed record EncodedImage(string Name, ReadOnlyMemory<byte> Data, DecodingOptions Options)
{
    private const int WhiteRatio = ushort.MaxValue / byte.MaxValue;

    internal ReadOnlySpan<byte> Bytes => Data.Span;

    internal InvalidDataException CutOff(string format) =>
        new($"{Name}: the {format} file is cut off ({Data.Length} bytes); get a whole copy of it or remove it");

    internal InvalidDataException Damaged(string format, string what, Exception? cause = null) =>
        new($"{Name}: the {format} file is damaged: {what}; get a whole copy of it or remove it", cause);

    internal InvalidDataException Unsupported(string format, string what) =>
        new($"{Name}: {format} with {what} cannot be read; save it as an 8-bit gray or RGB PNG");

    internal InvalidDataException Refused(ColorMode mode) =>
        new($"{Name}: {mode.Description} (mode {mode.Name}), not 8-bit gray or RGB; save it as one of these, or give --convert rgb"
            + (mode == ColorMode.Gray16 ? " --depth scale" : ""));

    /// <summary>The 8-bit level of a level of 16-bit gray.</summary>
    internal byte GrayLevel(int level)
    {
        if (Options.Depth == DepthConversion.Scale)
        {
            return (byte)((level + (WhiteRatio / 2)) / WhiteRatio);
        }

        if (level > byte.MaxValue)
        {
            Options.Notes?.Clipped(Name);
        }

        return (byte)Math.Min(level, byte.MaxValue);
    }

    /// <summary>Checks a size before memory is set aside for it.</summary>
    /// <exception cref="InvalidDataException">There are no pixels, or more than allowed.</exception>
    internal void CheckSize(int width, int height)
    {
        if (width <= 0 || height <= 0)
        {
            throw new InvalidDataException($"{Name}: it says that it has {width} x {height} pixels; get a whole copy of it or remove it");
        }

        if ((long)width * height > Options.MaxPixels)
        {
            throw new InvalidDataException(
                $"{Name}: {width} x {height} pixels, more than {Options.MaxPixels}; make it smaller, or allow more with --max-pixels");
        }
    }
}
