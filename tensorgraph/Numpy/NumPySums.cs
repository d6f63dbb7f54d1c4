using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Numpy;

/// <summary>Float32 sums in the order in which NumPy adds, so that they round alike.</summary>
internal static class NumPySums
{
    private const int BlockSize = 128;
    private const int Lanes = 8;

    /// <summary>The sum of a contiguous array (<c>np.sum(a)</c>): pairwise, eight running sums in each block of 128.</summary>
    internal static float Sum(ReadOnlySpan<float> values) => SumOfRepeatedRows(values, Math.Max(1, values.Length), 1);

    /// <summary>The sum of an array in which each row of another comes several times in turn, without that array.</summary>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="width">Elements of a row.</param>
    /// <param name="times">How often each comes.</param>
    internal static float SumOfRepeatedRows(ReadOnlySpan<float> rows, int width, int times) =>
        new RepeatedRows(rows, width, times).Sum(0, (long)rows.Length * times);

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
            TensorPrimitives.Add(mean, values.Slice(row * mean.Length, mean.Length), mean);
        }

        TensorPrimitives.Divide(mean, (float)rows, mean);
        return mean;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOfBlock(ReadOnlySpan<float> values)
    {
        if (values.Length < Lanes)
        {
            return SumInOrder(0f, values);
        }

        Vector256<float> sums = Vector256.Create(values);
        int whole = values.Length - (values.Length % Lanes);
        for (int i = Lanes; i < whole; i += Lanes)
        {
            sums += Vector256.Create(values[i..]);
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

    private readonly ref struct RepeatedRows(ReadOnlySpan<float> rows, int width, int times)
    {
        private readonly ReadOnlySpan<float> _rows = rows;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal float Sum(long start, long count)
        {
            if (count > BlockSize)
            {
                long half = count / 2;
                half -= half % Lanes;
                return Sum(start, half) + Sum(start + half, count - half);
            }

            (long row, long column) = Math.DivRem(start, width);
            return column + count <= width
                ? SumOfBlock(_rows.Slice((int)((row / times * width) + column), (int)count))
                : SumAcrossRows(start, (int)count);
        }

        private float SumAcrossRows(long start, int count)
        {
            Span<float> block = stackalloc float[BlockSize];
            block = block[..count];
            Read(start, block);
            return SumOfBlock(block);
        }

        private void Read(long start, Span<float> block)
        {
            while (block.Length > 0)
            {
                (long row, long column) = Math.DivRem(start, width);
                int count = (int)Math.Min(block.Length, width - column);
                _rows.Slice((int)((row / times * width) + column), count).CopyTo(block);
                block = block[count..];
                start += count;
            }
        }
    }
}
