namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>A 3x3 convolution with stride 1 and one pixel of padding, by Winograd's algorithm.</summary>
/// <remarks>
/// Blocks of tiles go one by one through the transform of the pixels, a matrix product for each value, and the transform of the
/// products, so that what lies between stays in the cache. How tiles are divided does not depend on the number of threads, and neither
/// does the result.
/// </remarks>
internal sealed unsafe class WinogradConvolution : Kernel
{
    /// <summary>Bytes of transformed pixels and products in a block.</summary>
    private const int BlockBytes = 1 << 20;

    private const int Spacing = 80;

    private readonly WinogradTiling _tiling;
    private readonly WinogradWeights _weights;
    private readonly Scratch _scratch;
    private readonly int _height;
    private readonly int _width;
    private readonly int _tiles;
    private readonly int _block;
    private readonly int _together;

    internal WinogradConvolution(WinogradWeights weights, int height, int width, Scratch scratch)
    {
        _tiling = weights.Tiling;
        _weights = weights;
        _scratch = scratch;
        _height = height;
        _width = width;
        _tiles = height / _tiling.Side * (width / _tiling.Side);
        _block = BlockOf(_tiles, weights);
        _together = _tiling.Together(width);
    }

    internal override void Compute(KernelContext context)
    {
        (nint images, long[] shape) = context.Input(0);
        nint results = context.Output(0, [shape[0], _weights.Outputs, _height, _width]);
        int blocks = (_tiles + _block - 1) / _block;
        long imageSize = (long)_weights.Channels * _height * _width, resultSize = (long)_weights.Outputs * _height * _width;
        context.ParallelFor((int)shape[0] * blocks, i =>
            Convolve(i % blocks * _block, (float*)images + (i / blocks * imageSize), (float*)results + (i / blocks * resultSize)));
    }

    private static int BlockOf(int tiles, WinogradWeights weights)
    {
        int columns = PackedProduct.Columns;
        int cached = BlockBytes / (sizeof(float) * weights.Tiling.Values * (weights.Channels + weights.Outputs));
        int quarter = tiles / 4;
        return Math.Max(columns, Math.Min(cached, quarter) / columns * columns);
    }

    /// <summary>Floats from one value of the tiles to the next; not a power of two, whose places would share a set of the cache.</summary>
    private long Stride(int channels) => ((long)channels * _block) + Spacing;

    private void Convolve(int firstTile, float* image, float* result)
    {
        int rows = _weights.Panels * PackedProduct.Rows;
        PinnedFloats memory = _scratch.Rent(_tiling.Values * (Stride(_weights.Channels) + Stride(rows)));
        float* pixels = memory.Pointer;
        float* products = pixels + (_tiling.Values * Stride(_weights.Channels));
        int tiles = Math.Min(_block, _tiles - firstTile);
        TransformInput(firstTile, tiles, image, pixels);
        Multiply(tiles, pixels, products, rows);
        TransformOutput(firstTile, tiles, products, rows, result);
        _scratch.Return(memory);
    }

    private void TransformInput(int firstTile, int tiles, float* image, float* pixels)
    {
        int columns = PackedProduct.Columns, tilesOfRow = _width / _tiling.Side;
        long stride = Stride(_weights.Channels);
        for (int channel = 0; channel < _weights.Channels; channel++)
        {
            float* from = image + ((long)channel * _height * _width);
            float* to = pixels + (channel * columns);
            for (int tile = 0; tile < tiles; tile += _together)
            {
                (int row, int column) = Math.DivRem(firstTile + tile, tilesOfRow);
                float* place = to + ((long)(tile / columns) * columns * _weights.Channels) + (tile % columns);
                _tiling.Input(from, _height, _width, row * _tiling.Side, column * _tiling.Side, place, stride);
            }
        }
    }

    private void Multiply(int tiles, float* pixels, float* products, int rows)
    {
        int columns = PackedProduct.Columns, channels = _weights.Channels;
        for (int value = 0; value < _tiling.Values; value++)
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
        int tilesOfRow = _width / _tiling.Side;
        long stride = Stride(rows);
        for (int output = 0; output < _weights.Outputs; output++)
        {
            float* from = products + ((long)output * _block);
            float* to = result + ((long)output * _height * _width);
            for (int tile = 0; tile < tiles; tile += _together)
            {
                (int row, int column) = Math.DivRem(firstTile + tile, tilesOfRow);
                float* place = to + ((((long)row * _width) + column) * _tiling.Side);
                _tiling.Output(from + tile, stride, place, _width);
            }
        }
    }
}
