using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// The 4x4 filter before a convolution with stride 2, with two pixels of padding, on some columns of one channel; what it makes comes
/// apart into its four phases.
/// </summary>
/// <param name="filter">The filter.</param>
/// <param name="height">Height of the small picture.</param>
/// <param name="width">Width of the small picture.</param>
/// <param name="columns">Most columns of a phase that are filtered at a time.</param>
internal sealed unsafe class DownsamplingFilter(SeparableFilter filter, int height, int width, int columns)
{
    private const int Lanes = 8;

    /// <summary>Floats from one row of a phase to the next: there is one column more, and whole vectors.</summary>
    internal int RowStep => (columns + Lanes) / Lanes * Lanes;

    /// <summary>Floats of the rows between the two passes and a row of zeros; all must be 0 at first.</summary>
    internal int ScratchSize => 6 * RowSize;

    /// <summary>A row between the passes has room on both sides.</summary>
    private int RowSize => RowStep + (2 * Lanes);

    /// <summary>A row of each phase.</summary>
    /// <param name="picture">The channel's large picture.</param>
    /// <param name="row">Row of the phases.</param>
    /// <param name="column">Their first column.</param>
    /// <param name="count">Columns, a multiple of 8; phases of even columns have one more.</param>
    /// <param name="scratch">Memory for the rows between the passes.</param>
    /// <param name="result">The row's place in the first phase.</param>
    /// <param name="phaseStep">Floats from one phase to the next.</param>
    internal void Row(float* picture, int row, int column, int count, float* scratch, float* result, long phaseStep)
    {
        float* upper = scratch + Lanes;
        float* lower = upper + (2 * RowSize);
        float* zeros = scratch + (4 * RowSize) + Lanes;
        float* r0 = RowOf(picture, (2 * row) - 2, column, zeros), r1 = RowOf(picture, (2 * row) - 1, column, zeros);
        float* r2 = RowOf(picture, 2 * row, column, zeros), r3 = RowOf(picture, (2 * row) + 1, column, zeros);
        float* r4 = RowOf(picture, (2 * row) + 2, column, zeros);
        Columns(r0, r1, r2, r3, count, upper, ahead: 0);
        Columns(r1, r2, r3, r4, count, lower, ahead: 4L * height * width);
        EdgeColumns(r0, r1, r2, r3, column, count, upper);
        EdgeColumns(r1, r2, r3, r4, column, count, lower);
        Rows(upper, count, result, result + phaseStep);
        Rows(lower, count, result + (2 * phaseStep), result + (3 * phaseStep));
    }

    private float* RowOf(float* picture, int row, int column, float* zeros) =>
        row >= 0 && row < 2 * height ? picture + (2L * row * width) + (2 * column) : zeros;

    /// <summary>The filter's columns; pixels of even and odd columns come apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns(float* r0, float* r1, float* r2, float* r3, int count, float* even, long ahead)
    {
        FilterTaps taps = new(filter.Column);
        float* odd = even + RowSize;
        for (int x = 0; x < count; x += Lanes)
        {
            int left = 2 * x, right = left + Lanes;
            CachePrefetch.Read(r2 + left + ahead);
            CachePrefetch.Read(r3 + left + ahead);
            Vector256<float> first = taps.Sum(r0 + left, r1 + left, r2 + left, r3 + left);
            Vector256<float> second = taps.Sum(r0 + right, r1 + right, r2 + right, r3 + right);
            (Vector256<float> evens, Vector256<float> odds) = Interleaving.Split(first, second);
            evens.Store(even + x);
            odds.Store(odd + x);
        }
    }

    /// <summary>The same for the columns beside: outside of the picture are zeros.</summary>
    private void EdgeColumns(float* r0, float* r1, float* r2, float* r3, int column, int count, float* even)
    {
        float* odd = even + RowSize;
        bool hasLeft = column > 0, hasRight = column + count < width;
        even[-1] = hasLeft ? Sum(-2) : 0;
        odd[-1] = hasLeft ? Sum(-1) : 0;
        even[count] = hasRight ? Sum(2 * count) : 0;
        odd[count] = hasRight ? Sum((2 * count) + 1) : 0;

        float Sum(int x) =>
            (filter.Column[0] * r0[x]) + (filter.Column[1] * r1[x]) + (filter.Column[2] * r2[x]) + (filter.Column[3] * r3[x]);
    }

    /// <summary>The filter's rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows(float* even, int count, float* evenResult, float* oddResult)
    {
        FilterTaps taps = new(filter.Row);
        float* odd = even + RowSize;
        for (int x = 0; x <= count; x += Lanes)
        {
            taps.Sum(even + x - 1, odd + x - 1, even + x, odd + x).Store(evenResult + x);
            taps.Sum(odd + x - 1, even + x, odd + x, even + x + 1).Store(oddResult + x);
        }
    }
}
