namespace Imaging.Resizing;

/// <summary>Turns and mirrors pictures by the orientation that a TIFF file states (1 to 8).</summary>
internal static class Orientations
{
    /// <summary>Whether rows become columns.</summary>
    internal static bool IsTransposed(int orientation) => orientation is >= 5 and <= 8;

    /// <summary>The picture the right way up; the one given is disposed if it is another.</summary>
    internal static Picture Upright(Picture picture, int orientation)
    {
        if (orientation is <= 1 or > 8)
        {
            return picture;
        }

        bool isTransposed = IsTransposed(orientation);
        bool isMirrored = orientation is 2 or 3 or 7 or 8, isFlipped = orientation is 3 or 4 or 6 or 7;
        (int height, int width) = isTransposed ? (picture.Width, picture.Height) : (picture.Height, picture.Width);
        Picture upright = new(picture.Channels, height, width);
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<byte> row = upright.Row(channel, y);
                for (int x = 0; x < width; x++)
                {
                    (int sourceX, int sourceY) = isTransposed ? (y, x) : (x, y);
                    ReadOnlySpan<byte> source = picture.Row(channel, isFlipped ? picture.Height - 1 - sourceY : sourceY);
                    row[x] = source[isMirrored ? picture.Width - 1 - sourceX : sourceX];
                }
            }
        }

        picture.Dispose();
        return upright;
    }
}
