namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>A 4x4 filter that is the outer product of a column and a row, as resampling uses it.</summary>
/// <param name="Column">Weights of four rows.</param>
/// <param name="Row">Weights of four columns.</param>
internal sealed record SeparableFilter(float[] Column, float[] Row)
{
    /// <summary>Height and width.</summary>
    internal const int Size = 4;

    private const int Area = Size * Size;
    private const double Tolerance = 1e-7;

    /// <summary>The filter that all channels have in common; null if they differ or it is no outer product.</summary>
    /// <param name="taps">[channels, 1, 4, 4].</param>
    internal static SeparableFilter? Of(ReadOnlySpan<float> taps)
    {
        ReadOnlySpan<float> first = taps[..Area];
        for (int start = Area; start < taps.Length; start += Area)
        {
            if (!taps.Slice(start, Area).SequenceEqual(first))
            {
                return null;
            }
        }

        int pivot = Largest(first);
        float largest = first[pivot];
        if (largest == 0 || !float.IsFinite(largest))
        {
            return null;
        }

        (int pivotRow, int pivotColumn) = Math.DivRem(pivot, Size);
        double[] column = new double[Size], row = new double[Size];
        // The root divides both alike, which leaves the usual filters without rounding.
        double root = Math.Sqrt(Math.Abs(largest));
        for (int i = 0; i < Size; i++)
        {
            column[i] = first[(i * Size) + pivotColumn] / root;
            row[i] = first[(pivotRow * Size) + i] / root * Math.Sign(largest);
        }

        for (int i = 0; i < Area; i++)
        {
            if (!(Math.Abs((column[i / Size] * row[i % Size]) - first[i]) <= Tolerance * Math.Abs(largest)))
            {
                return null;
            }
        }

        return new SeparableFilter(Array.ConvertAll(column, v => (float)v), Array.ConvertAll(row, v => (float)v));
    }

    private static int Largest(ReadOnlySpan<float> taps)
    {
        int largest = 0;
        for (int i = 1; i < taps.Length; i++)
        {
            largest = Math.Abs(taps[i]) > Math.Abs(taps[largest]) ? i : largest;
        }

        return largest;
    }
}
