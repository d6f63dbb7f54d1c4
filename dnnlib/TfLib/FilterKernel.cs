using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.TfLib;

/// <summary>A two-dimensional FIR filter, as resampling uses it.</summary>
public sealed class FilterKernel
{
    private readonly double[] _plane;

    private FilterKernel(int size, double[] plane) => (Size, _plane) = (size, plane);

    /// <summary>The filter's height and width.</summary>
    public int Size { get; }

    /// <summary>
    /// The outer product of one-dimensional taps with themselves, normalised to a sum of 1, times a gain (<c>_setup_kernel</c>).
    /// </summary>
    /// <param name="taps">One-dimensional taps.</param>
    /// <param name="gain">The filter's sum.</param>
    public static FilterKernel FromTaps(IReadOnlyList<float> taps, double gain = 1)
    {
        ArgumentNullException.ThrowIfNull(taps);
        double sum = taps.Sum(t => (double)t);
        return new FilterKernel(
            taps.Count, [.. taps.SelectMany(row => taps.Select(column => row * (double)column / (sum * sum) * gain))]);
    }

    /// <summary>The taps for every channel, [channels, 1, size, size] float32.</summary>
    /// <param name="channels">How many channels.</param>
    /// <param name="flipped">Whether rows and columns are reversed: a cross-correlation with them is a convolution.</param>
    public NDArray ForChannels(int channels, bool flipped)
    {
        float[] plane = Array.ConvertAll(_plane, tap => (float)tap);
        if (flipped)
        {
            Array.Reverse(plane);
        }

        return Enumerable.Repeat(plane, channels).SelectMany(p => p).ToArray().ToNDArray(channels, 1, Size, Size);
    }
}
