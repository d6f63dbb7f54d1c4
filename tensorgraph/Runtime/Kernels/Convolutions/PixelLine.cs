using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// A picture's pixels as one line: its rows with a zero after each, which is the right border of one row and the left border of the next.
/// </summary>
internal sealed unsafe class PixelLine(int channels, int height, int width)
{
    private const int Lanes = 8;

    /// <summary>Copies a part of the line of each channel; above and below the picture are zeros.</summary>
    /// <param name="image">[channels, height, width].</param>
    /// <param name="position">The first position, at most a line and a pixel before the picture.</param>
    /// <param name="count">How many positions.</param>
    /// <param name="result">Where the first channel's part goes.</param>
    /// <param name="channelStep">Floats from one channel's part to the next.</param>
    internal void Copy(float* image, long position, int count, float* result, long channelStep)
    {
        int line = width + 1;
        for (int done = 0; done < count;)
        {
            long row = ((position + done + (2 * line)) / line) - 2;
            int column = (int)(position + done - (row * line)), piece = Math.Min(count - done, line - column);
            bool isPicture = row >= 0 && row < height;
            CopyPiece(image + (row * width) + column, isPicture ? Math.Min(piece, width - column) : 0, piece, result + done, channelStep);
            done += piece;
        }
    }

    /// <summary>Copies pixels of a row of each channel, with zeros after them.</summary>
    private void CopyPiece(float* image, int pixels, int count, float* result, long channelStep)
    {
        long size = (long)height * width;
        for (int channel = 0; channel < channels; channel++)
        {
            Copy(image, pixels, result, ahead: 2 * size);
            new Span<float>(result + pixels, count - pixels).Clear();
            image += size;
            result += channelStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* image, int pixels, float* result, long ahead)
    {
        int i = 0;
        for (; i <= pixels - Lanes; i += Lanes)
        {
            CachePrefetch.Read(image + i + ahead);
            Vector256.Load(image + i).Store(result + i);
        }

        for (; i < pixels; i++)
        {
            result[i] = image[i];
        }
    }
}
