namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>A 4x4 filter with two pixels of padding, then a 3x3 convolution with stride 2: pictures of half the height and width.</summary>
/// <remarks>
/// Block by block, the filtered pixels of some channels lie in the cache, apart by even and odd rows and columns, as the taps read them.
/// How the work is divided does not depend on the number of threads, and neither does the result.
/// </remarks>
internal sealed unsafe class DownsampledConvolution : Kernel
{
    private const int MostColumns = 128, LeastPixels = 128;

    /// <summary>Panels of channels that are filtered before they are multiplied.</summary>
    private const int FilteredPanels = 8;

    private const int WindowBytes = 600 << 10;

    /// <summary>Where blocks are fewer, output channels are divided too, and each part filters all channels.</summary>
    private const int LeastParts = 8;

    private readonly PolyphaseWeights _weights;
    private readonly Scratch _scratch;
    private readonly DownsamplingFilter _filter;
    private readonly TapOffsets _taps;
    private readonly int _height;
    private readonly int _width;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _groupPanels;
    private readonly long _phaseStep;

    internal DownsampledConvolution(PolyphaseWeights weights, SeparableFilter filter, int height, int width, Scratch scratch)
    {
        _weights = weights;
        _scratch = scratch;
        _height = height;
        _width = width;
        _columns = Math.Min(width, MostColumns);
        _filter = new DownsamplingFilter(filter, height, width, _columns);
        _rows = RowsOf(Math.Min(FilteredPanels, weights.LargePanels) * PackedProduct.Rows);
        _phaseStep = (long)(_rows + 1) * _filter.RowStep;
        int groups = (LeastParts + (Bands * Strips) - 1) / (Bands * Strips);
        _groupPanels = (weights.SmallPanels + groups - 1) / groups;
        long[] offsets = [.. Enumerable.Range(0, PolyphaseTaps.Count).Select(OffsetOf)];
        _taps = new TapOffsets(offsets, CacheSets.Apart(PolyphaseTaps.Phases * _phaseStep));
    }

    private int Bands => (_height + _rows - 1) / _rows;

    private int Strips => (_width + _columns - 1) / _columns;

    /// <summary>Whether small pictures of a width can be computed.</summary>
    internal static bool Fits(int width) => width % TapProduct.Columns == 0;

    internal override void Compute(KernelContext context)
    {
        (nint images, long[] shape) = context.Input(0);
        nint results = context.Output(0, [shape[0], _weights.Small, _height, _width]);
        int groups = (_weights.SmallPanels + _groupPanels - 1) / _groupPanels, blocks = Bands * Strips;
        long imageSize = (long)_weights.Large * 4 * _height * _width, resultSize = (long)_weights.Small * _height * _width;
        context.ParallelFor((int)shape[0] * groups * blocks, part =>
        {
            (int sample, int rest) = Math.DivRem(part, groups * blocks);
            (int group, int block) = Math.DivRem(rest, blocks);
            float* image = (float*)images + (sample * imageSize), result = (float*)results + (sample * resultSize);
            Convolve(group * _groupPanels, BlockOf(block), image, result);
        });
    }

    /// <summary>Rows of a block: as many as stay in the cache, unless there are too few blocks then.</summary>
    private int RowsOf(int channels)
    {
        int cached = (WindowBytes / (sizeof(float) * PolyphaseTaps.Phases * channels * _filter.RowStep)) - 1;
        int divided = ((_height * Strips) + LeastParts - 1) / LeastParts;
        return Math.Min(_height, Math.Max(LeastPixels / _columns, Math.Min(cached, divided)));
    }

    private long OffsetOf(int tap)
    {
        (int row, int column) = PolyphaseTaps.Tap(tap);
        return (PolyphaseTaps.PhaseOf(tap) * _phaseStep) + (row / 2 * _filter.RowStep) + (column / 2);
    }

    private Block BlockOf(int index)
    {
        (int band, int strip) = Math.DivRem(index, Strips);
        int row = band * _rows, column = strip * _columns;
        return new Block(row, Math.Min(_rows, _height - row), column, Math.Min(_columns, _width - column));
    }

    /// <summary>Computes a block of some output channels.</summary>
    private void Convolve(int firstPanel, Block block, float* image, float* result)
    {
        int lastPanel = Math.Min(firstPanel + _groupPanels, _weights.SmallPanels), whole = _weights.Small / PackedProduct.Rows;
        long windowSize = FilteredPanels * PackedProduct.Rows * _taps.ChannelStep, size = (long)_height * _width;
        PinnedFloats memory = _scratch.Rent(windowSize + _filter.ScratchSize + (PackedProduct.Rows * block.Pixels));
        float* window = memory.Pointer;
        float* scratch = window + windowSize;
        float* partial = scratch + _filter.ScratchSize;
        float* place = result + ((long)block.Row * _width) + block.Column;
        new Span<float>(scratch, _filter.ScratchSize).Clear();
        for (int filtered = 0; filtered < _weights.LargePanels; filtered += FilteredPanels)
        {
            int count = Math.Min(FilteredPanels, _weights.LargePanels - filtered);
            Filter(image, filtered * PackedProduct.Rows, count * PackedProduct.Rows, block, window, scratch);
            for (int panel = firstPanel; panel < Math.Min(lastPanel, whole); panel++)
            {
                float* products = place + (panel * PackedProduct.Rows * size);
                Multiply(panel, filtered, count, block, window, products, size, _width);
            }

            if (whole < lastPanel)
            {
                // The last panel has fewer channels than the product.
                Multiply(whole, filtered, count, block, window, partial, block.Pixels, block.Columns);
            }
        }

        if (whole < lastPanel)
        {
            CopyPartial(partial, whole * PackedProduct.Rows, block, place);
        }

        _scratch.Return(memory);
    }

    /// <summary>The filtered pixels of a block in four phases.</summary>
    private void Filter(float* image, int firstChannel, int channels, Block block, float* window, float* scratch)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            float* phases = window + (channel * _taps.ChannelStep);
            if (firstChannel + channel >= _weights.Large)
            {
                new Span<float>(phases, (int)_taps.ChannelStep).Clear();
                continue;
            }

            float* picture = image + ((long)(firstChannel + channel) * 4 * _height * _width);
            for (int row = 0; row <= block.Rows; row++)
            {
                float* place = phases + (row * _filter.RowStep);
                _filter.Row(picture, block.Row + row, block.Column, block.Columns, scratch, place, _phaseStep);
            }
        }
    }

    /// <summary>Adds what some filtered channels give to a panel of output channels; the first ones begin the sum.</summary>
    private void Multiply(int panel, int filtered, int count, Block block, float* window, float* products, long channelStep, int rowStep)
    {
        int columns = TapProduct.Columns, vectorsOfRow = block.Columns / columns, vectors = block.Rows * vectorsOfRow;
        float* weights = _weights.At(filtered, panel, 0);
        for (int vector = 0; vector < vectors; vector += 2)
        {
            (int row, int first) = Math.DivRem(vector, vectorsOfRow);
            (int secondRow, int second) = Math.DivRem(Math.Min(vector + 1, vectors - 1), vectorsOfRow);
            TapProduct.ForSmall(weights, count, _weights.PanelSize, _taps, new TapTile
            {
                First = window + (row * _filter.RowStep) + (first * columns),
                Second = window + (secondRow * _filter.RowStep) + (second * columns),
                FirstResult = products + ((long)row * rowStep) + (first * columns),
                SecondResult = products + ((long)secondRow * rowStep) + (second * columns),
                Stride = channelStep,
                BringsNext = vector == 0,
                Adds = filtered > 0,
            });
        }
    }

    /// <summary>Copies the channels of the last panel to the result.</summary>
    private void CopyPartial(float* from, int firstChannel, Block block, float* place)
    {
        for (int channel = firstChannel; channel < _weights.Small; channel++)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                float* to = place + ((long)channel * _height * _width) + ((long)row * _width);
                new Span<float>(from, block.Columns).CopyTo(new Span<float>(to, block.Columns));
                from += block.Columns;
            }
        }
    }

    /// <summary>Rows and columns of the small picture that are computed together.</summary>
    private readonly record struct Block(int Row, int Rows, int Column, int Columns)
    {
        internal int Pixels => Rows * Columns;
    }
}
