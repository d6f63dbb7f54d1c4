namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// How Winograd's algorithm divides a 3x3 convolution: into tiles of pixels that it makes at a time, by polynomials at some points
/// (Lavin and Gray, "Fast algorithms for convolutional neural networks").
/// </summary>
internal abstract unsafe class WinogradTiling
{
    /// <summary>Pixels of a tile's side.</summary>
    internal abstract int Side { get; }

    /// <summary>Points of the polynomials, in each direction: two more than pixels.</summary>
    internal int Points => Side + 2;

    /// <summary>Values of a transformed tile.</summary>
    internal int Values => Points * Points;

    /// <summary>Where the points go when a filter is turned by half a circle; its values are then the same in another order.</summary>
    protected abstract ReadOnlySpan<int> TurnedPoints { get; }

    /// <summary>The transform of a filter at the points, [points, 3].</summary>
    protected abstract ReadOnlySpan<double> FilterTransform { get; }

    /// <summary>Tiles of one row that are transformed together in pictures of a width.</summary>
    internal abstract int Together(int width);

    /// <summary>Whether pictures of a size can be convolved: tiles go in groups of one row.</summary>
    internal bool Fits(int height, int width) => height % Side == 0 && width % (Side * Together(width)) == 0;

    /// <summary>The transforms of tiles of pixels, each with a border of one pixel.</summary>
    /// <param name="image">One channel.</param>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="row">The first row of pixels within the borders.</param>
    /// <param name="column">The first tile's first column of pixels within the borders.</param>
    /// <param name="result">Where the tiles' first values go.</param>
    /// <param name="stride">Floats from one value of a tile to the next.</param>
    internal abstract void Input(float* image, int height, int width, int row, int column, float* result, long stride);

    /// <summary>Tiles of pixels from the transforms of their products.</summary>
    /// <param name="products">The tiles' first values.</param>
    /// <param name="stride">Floats from one value of a tile to the next.</param>
    /// <param name="result">The first tile's first pixel.</param>
    /// <param name="width">Floats from one row of pixels to the next.</param>
    internal abstract void Output(float* products, long stride, float* result, int width);

    /// <summary>The transform of a filter, [3, 3].</summary>
    internal void Filter(ReadOnlySpan<float> filter, Span<float> result)
    {
        const int Taps = 3;
        ReadOnlySpan<double> transform = FilterTransform;
        for (int p = 0; p < Points; p++)
        {
            ReadOnlySpan<double> down = transform.Slice(p * Taps, Taps);
            double left = (down[0] * filter[0]) + (down[1] * filter[3]) + (down[2] * filter[6]);
            double middle = (down[0] * filter[1]) + (down[1] * filter[4]) + (down[2] * filter[7]);
            double right = (down[0] * filter[2]) + (down[1] * filter[5]) + (down[2] * filter[8]);
            for (int q = 0; q < Points; q++)
            {
                ReadOnlySpan<double> across = transform.Slice(q * Taps, Taps);
                result[(p * Points) + q] = (float)((left * across[0]) + (middle * across[1]) + (right * across[2]));
            }
        }
    }

    /// <summary>Which of a filter's values is that of the filter turned by half a circle.</summary>
    internal int Turned(int value) => (TurnedPoints[value / Points] * Points) + TurnedPoints[value % Points];
}
