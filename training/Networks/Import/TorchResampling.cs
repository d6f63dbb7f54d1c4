using NumSharp;
using TensorGraph.Numpy;

namespace Training.Networks.Import;

/// <summary>
/// Finds the one-dimensional filter that a network resamples with, of which PyTorch's modules keep the product with itself.
/// </summary>
internal static class TorchResampling
{
    /// <summary>The filter's taps, of which the smallest is 1, such as 1, 3, 3, 1.</summary>
    /// <param name="product">[taps, taps].</param>
    /// <exception cref="FormatException">It is no such product.</exception>
    internal static List<object?> Kernel(NDArray product)
    {
        int taps = (int)product.shape[0];
        float[] values = product.Values<float>();
        double[] sums = [.. values.Chunk(Math.Max(taps, 1)).Select(row => row.Sum(v => (double)v))];
        double smallest = sums.Select(Math.Abs).Where(s => s > 0).DefaultIfEmpty(0).Min();
        return product.shape[1] == taps && smallest > 0 && double.IsFinite(sums.Sum())
            ? [.. sums.Select(s => (object?)Math.Round(s / smallest, 6))]
            : throw new FormatException("a resampling filter is not the product of one-dimensional taps with themselves");
    }
}
