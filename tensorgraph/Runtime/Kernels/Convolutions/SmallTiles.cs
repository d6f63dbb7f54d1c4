namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>F(2x2, 3x3): tiles of 2x2 pixels, by polynomials at 0, 1, -1 and infinity.</summary>
internal sealed unsafe class SmallTiles : WinogradTiling
{
    private SmallTiles()
    {
    }

    /// <summary>The tiling.</summary>
    internal static SmallTiles Instance { get; } = new();

    /// <inheritdoc/>
    internal override int Side => 2;

    /// <inheritdoc/>
    protected override ReadOnlySpan<int> TurnedPoints => [3, 1, 2, 0];

    /// <inheritdoc/>
    protected override ReadOnlySpan<double> FilterTransform => [1, 0, 0, 0.5, 0.5, 0.5, 0.5, -0.5, 0.5, 0, 0, 1];

    /// <inheritdoc/>
    internal override int Together(int width) => WideTileTransforms.Fits(width / Side) ? WideTileTransforms.Tiles : TileTransforms.Tiles;

    /// <inheritdoc/>
    internal override void Input(float* image, int height, int width, int row, int column, float* result, long stride)
    {
        if (WideTileTransforms.Fits(width / Side))
        {
            WideTileTransforms.Input(image, height, width, row, column, result, stride);
        }
        else
        {
            TileTransforms.Input(image, height, width, row, column, result, stride);
        }
    }

    /// <inheritdoc/>
    internal override void Output(float* products, long stride, float* result, int width)
    {
        if (WideTileTransforms.Fits(width / Side))
        {
            WideTileTransforms.Output(products, stride, result, width);
        }
        else
        {
            TileTransforms.Output(products, stride, result, width);
        }
    }
}
