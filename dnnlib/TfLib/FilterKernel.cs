using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.TfLib;

/// <summary>A two-dimensional FIR filter, as resampling uses it.</summary>
public sealed class FilterKernel
{
    private readonly double[,] _taps;

    private FilterKernel(double[,] taps) => _taps = taps;

    /// <summary>The filter's height and width.</summary>
    public int Size => _taps.GetLength(0);

    /// <summary>
    /// The outer product of one-dimensional taps with themselves, normalised to a sum of 1, times a gain (<c>_setup_kernel</c>).
    /// </summary>
    /// <param name="taps">One-dimensional taps.</param>
    /// <param name="gain">The filter's sum.</param>
    public static FilterKernel FromTaps(IReadOnlyList<float> taps, double gain = 1)
    {
        ArgumentNullException.ThrowIfNull(taps);
        double sum = taps.Sum(t => (double)t);
        double[,] kernel = new double[taps.Count, taps.Count];
        for (int y = 0; y < taps.Count; y++)
        {
            for (int x = 0; x < taps.Count; x++)
            {
                kernel[y, x] = taps[y] * (double)taps[x] / (sum * sum) * gain;
            }
        }

        return new FilterKernel(kernel);
    }

    /// <summary>The taps for every channel, [channels, 1, size, size] float32.</summary>
    /// <param name="channels">How many channels.</param>
    /// <param name="flipped">Whether rows and columns are reversed: a cross-correlation with them is a convolution.</param>
    public NDArray ForChannels(int channels, bool flipped)
    {
        float[] plane = new float[Size * Size];
        for (int i = 0; i < plane.Length; i++)
        {
            int at = flipped ? plane.Length - 1 - i : i;
            plane[i] = (float)_taps[at / Size, at % Size];
        }

        return Enumerable.Repeat(plane, channels).SelectMany(p => p).ToArray().ToNDArray(channels, 1, Size, Size);
    }
}
