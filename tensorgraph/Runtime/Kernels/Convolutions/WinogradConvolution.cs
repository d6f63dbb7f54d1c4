namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>A 3x3 convolution with stride 1 and one pixel of padding, by Winograd's F(2x2, 3x3).</summary>
/// <remarks>
/// Blocks of tiles go one by one through the transform of the pixels, sixteen matrix products, and the transform of the products, so that
/// what lies between stays in the cache. How tiles are divided does not depend on the number of threads, and neither does the result.
/// </remarks>
internal sealed unsafe class WinogradConvolution : Kernel
{
    /// <summary>Bytes of transformed pixels and products in a block.</summary>
    private const int BlockBytes = 1 << 20;

    private const int Spacing = 80;

    private readonly WinogradWeights _weights;
    private readonly Scratch _scratch;
    private readonly int _height;
    private readonly int _width;
    private readonly int _tiles;
    private readonly int _block;
    private readonly bool _isWide;

    internal WinogradConvolution(WinogradWeights weights, int height, int width, Scratch scratch)
    {
        _weights = weights;
        _scratch = scratch;
        _height = height;
        _width = width;
        _tiles = height / 2 * (width / 2);
        _block = BlockOf(_tiles, weights);
        _isWide = WideTileTransforms.Fits(width / 2);
    }

    /// <summary>Whether pictures of a size can be convolved: tiles go in groups of one row.</summary>
    internal static bool Fits(int height, int width) => height % 2 == 0 && width % (2 * TileTransforms.Tiles) == 0;

    internal override void Compute(KernelContext context)
    {
        (nint images, long[] shape) = context.Input(0);
        nint results = context.Output(0, [shape[0], _weights.Outputs, _height, _width]);
        int blocks = (_tiles + _block - 1) / _block;
        long imageSize = (long)_weights.Channels * _height * _width, resultSize = (long)_weights.Outputs * _height * _width;
        context.ParallelFor((int)shape[0] * blocks, i =>
            Convolve(i % blocks * _block, (float*)images + (i / blocks * imageSize), (float*)results + (i / blocks * resultSize)));
    }

    /// <summary>Tiles that are transformed together.</summary>
    private int Together => _isWide ? WideTileTransforms.Tiles : TileTransforms.Tiles;

    private static int BlockOf(int tiles, WinogradWeights weights)
    {
        int columns = PackedProduct.Columns;
        int cached = BlockBytes / (sizeof(float) * TileTransforms.Values * (weights.Channels + weights.Outputs));
        int quarter = tiles / 4;
        return Math.Max(columns, Math.Min(cached, quarter) / columns * columns);
    }

    /// <summary>Floats from one value of the tiles to the next; not a power of two, whose places would share a set of the cache.</summary>
    private long Stride(int channels) => ((long)channels * _block) + Spacing;

    private void Convolve(int firstTile, float* image, float* result)
    {
        int rows = _weights.Panels * PackedProduct.Rows;
        PinnedFloats memory = _scratch.Rent(TileTransforms.Values * (Stride(_weights.Channels) + Stride(rows)));
        float* pixels = memory.Pointer;
        float* products = pixels + (TileTransforms.Values * Stride(_weights.Channels));
        int tiles = Math.Min(_block, _tiles - firstTile);
        TransformInput(firstTile, tiles, image, pixels);
        Multiply(tiles, pixels, products, rows);
        TransformOutput(firstTile, tiles, products, rows, result);
        _scratch.Return(memory);
    }

    private void TransformInput(int firstTile, int tiles, float* image, float* pixels)
    {
        int columns = PackedProduct.Columns, tilesOfRow = _width / 2;
        long stride = Stride(_weights.Channels);
        for (int channel = 0; channel < _weights.Channels; channel++)
        {
            float* from = image + ((long)channel * _height * _width);
            float* to = pixels + (channel * columns);
            for (int tile = 0; tile < tiles; tile += Together)
            {
                (int row, int column) = Math.DivRem(firstTile + tile, tilesOfRow);
                float* place = to + ((long)(tile / columns) * columns * _weights.Channels) + (tile % columns);
                if (_isWide)
                {
                    WideTileTransforms.Input(from, _height, _width, 2 * row, 2 * column, place, stride);
                }
                else
                {
                    TileTransforms.Input(from, _height, _width, 2 * row, 2 * column, place, stride);
                }
            }
        }
    }

    private void Multiply(int tiles, float* pixels, float* products, int rows)
    {
        int columns = PackedProduct.Columns, channels = _weights.Channels;
        for (int value = 0; value < TileTransforms.Values; value++)
        {
            float* from = pixels + (value * Stride(channels));
            float* to = products + (value * Stride(rows));
            for (int panel = 0; panel < _weights.Panels; panel++)
            {
                for (int tile = 0; tile < tiles; tile += columns)
                {
                    float* product = to + ((long)panel * PackedProduct.Rows * _block) + tile;
                    _weights.Multiply(value, panel, from + ((long)tile * channels), product, _block);
                }
            }
        }
    }

    private void TransformOutput(int firstTile, int tiles, float* products, int rows, float* result)
    {
        int tilesOfRow = _width / 2;
        long stride = Stride(rows);
        for (int output = 0; output < _weights.Outputs; output++)
        {
            float* from = products + ((long)output * _block);
            float* to = result + ((long)output * _height * _width);
            for (int tile = 0; tile < tiles; tile += Together)
            {
                (int row, int column) = Math.DivRem(firstTile + tile, tilesOfRow);
                float* place = to + (2L * row * _width) + (2 * column);
                if (_isWide)
                {
                    WideTileTransforms.Output(from + tile, stride, place, _width);
                }
                else
                {
                    TileTransforms.Output(from + tile, stride, place, _width);
                }
            }
        }
    }
}
