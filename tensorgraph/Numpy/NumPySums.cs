namespace TensorGraph.Numpy;

/// <summary>Float32 sums in the order in which NumPy adds, so that they round alike.</summary>
internal static class NumPySums
{
    private const int BlockSize = 128;
    private const int Lanes = 8;

    /// <summary>The sum of a contiguous array (<c>np.sum(a)</c>): pairwise, eight running sums in each block of 128.</summary>
    internal static float Sum(ReadOnlySpan<float> values)
    {
        if (values.Length > BlockSize)
        {
            int half = values.Length / 2;
            half -= half % Lanes;
            return Sum(values[..half]) + Sum(values[half..]);
        }

        return values.Length < Lanes ? SumInOrder(0f, values) : SumBlock(values);
    }

    /// <summary>
    /// The mean over the first axis of a contiguous array (<c>np.mean(a, axis=0)</c>): rows are added one after the other.
    /// </summary>
    /// <param name="values">Rows of the same length, one after the other.</param>
    /// <param name="rows">How many.</param>
    internal static float[] MeanOfRows(ReadOnlySpan<float> values, int rows)
    {
        float[] mean = values[..(values.Length / rows)].ToArray();
        for (int row = 1; row < rows; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.Add(mean, values.Slice(row * mean.Length, mean.Length), mean);
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(mean, (float)rows, mean);
        return mean;
    }

    private static float SumBlock(ReadOnlySpan<float> values)
    {
        Span<float> sums = stackalloc float[Lanes];
        values[..Lanes].CopyTo(sums);
        int whole = values.Length - (values.Length % Lanes);
        for (int i = Lanes; i < whole; i += Lanes)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                sums[lane] += values[i + lane];
            }
        }

        float sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
        return SumInOrder(sum, values[whole..]);
    }

    private static float SumInOrder(float sum, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            sum += value;
        }

        return sum;
    }
}
