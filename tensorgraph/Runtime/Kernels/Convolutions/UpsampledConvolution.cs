namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>A transposed 3x3 convolution with stride 2, then a 4x4 filter: pictures of twice the height and width.</summary>
/// <remarks>
/// The transposed convolution is computed in phases (even and odd rows and columns), so that no zero is multiplied. Windows that stay in
/// the cache go along the line of the picture's pixels; the filter follows as soon as rows are complete. How the work is divided does not
/// depend on the number of threads, and neither does the result.
/// </remarks>
internal sealed unsafe class UpsampledConvolution : Kernel
{
    /// <summary>Rows of the small picture that one part of the work computes.</summary>
    private const int SectionRows = 64;

    /// <summary>Panels of output channels that one part of the work computes.</summary>
    private const int GroupPanels = 8;

    private const int WindowBytes = 400 << 10;
    private const int LeastWindow = 128;

    private readonly PolyphaseWeights _weights;
    private readonly Scratch _scratch;
    private readonly PixelLine _pixels;
    private readonly PhaseRing _ring;
    private readonly UpsamplingFilter _filter;
    private readonly TapOffsets[] _taps;
    private readonly int _height;
    private readonly int _width;
    private readonly int _line;
    private readonly int _lead;
    private readonly int _window;
    private readonly long _channelStep;

    internal UpsampledConvolution(PolyphaseWeights weights, SeparableFilter filter, int height, int width, Scratch scratch)
    {
        _weights = weights;
        _scratch = scratch;
        _height = height;
        _width = width;
        _line = width + 1;
        _window = WindowOf(weights.Small, (Math.Min(height, SectionRows) + 2) * _line);
        _lead = CacheSets.WholeLines(_line + 1);
        _channelStep = CacheSets.Apart(_lead + _window);
        _pixels = new PixelLine(weights.Small, height, width);
        _ring = new PhaseRing(_window + (3 * _line));
        _filter = new UpsamplingFilter(filter, width, _ring);
        _taps = [.. Enumerable.Range(0, PolyphaseTaps.Phases).Select(TapsOf)];
    }

    /// <summary>Whether pictures of a width can be computed.</summary>
    internal static bool Fits(int width) => width % 8 == 0;

    internal override void Compute(KernelContext context)
    {
        (nint images, long[] shape) = context.Input(0);
        nint results = context.Output(0, [shape[0], _weights.Large, 2 * _height, 2 * _width]);
        int groups = (_weights.LargePanels + GroupPanels - 1) / GroupPanels, sections = (_height + SectionRows - 1) / SectionRows;
        long imageSize = (long)_weights.Small * _height * _width, resultSize = (long)_weights.Large * 4 * _height * _width;
        context.ParallelFor((int)shape[0] * groups * sections, part =>
        {
            (int sample, int rest) = Math.DivRem(part, groups * sections);
            (int group, int section) = Math.DivRem(rest, sections);
            float* image = (float*)images + (sample * imageSize), result = (float*)results + (sample * resultSize);
            Convolve(group * GroupPanels, section * SectionRows, image, result);
        });
    }

    private int WindowOf(int channels, int section)
    {
        int columns = PackedProduct.Columns;
        int cached = (WindowBytes / (sizeof(float) * channels)) - _line;
        return Math.Min((section + columns - 1) / columns, Math.Max(LeastWindow, cached) / columns) * columns;
    }

    private TapOffsets TapsOf(int phase)
    {
        (int first, int count) = PolyphaseTaps.Of(phase);
        long[] offsets = new long[count];
        for (int i = 0; i < count; i++)
        {
            (int row, int column) = PolyphaseTaps.Tap(first + i);
            offsets[i] = -(row / 2 * _line) - (column / 2);
        }

        return new TapOffsets(offsets, _channelStep);
    }

    /// <summary>Computes rows of some output channels.</summary>
    private void Convolve(int firstPanel, int firstRow, float* image, float* result)
    {
        int panels = Math.Min(GroupPanels, _weights.LargePanels - firstPanel);
        long windowSize = _weights.Small * _channelStep, panelSize = PackedProduct.Rows * _ring.ChannelStep;
        PinnedFloats memory = _scratch.Rent(windowSize + (panels * panelSize) + _filter.ScratchSize);
        float* window = memory.Pointer;
        float* phases = window + windowSize;
        float* scratch = phases + (panels * panelSize);
        if (firstRow == 0)
        {
            ClearRowAbove(phases, panels);
        }

        // The filter needs the row above the first and the row below the last.
        int lastRow = Math.Min(_height, firstRow + SectionRows), row = firstRow;
        long origin = (long)Math.Max(0, firstRow - 1) * _line, end = ((lastRow + 1) * (long)_line) - origin;
        for (long position = 0; position < end; position += _window)
        {
            _pixels.Copy(image, origin + position - _line - 1, _line + 1 + _window, window + (_lead - _line - 1), _channelStep);
            int complete = (int)Math.Clamp(((origin + position + _window) / _line) - 1, row, lastRow);
            for (int panel = 0; panel < panels; panel++)
            {
                float* own = phases + (panel * panelSize);
                Multiply(firstPanel + panel, window, position, Math.Min(_window, end - position), own);
                Filter(firstPanel + panel, own, origin, row, complete, scratch, result);
            }

            row = complete;
        }

        _scratch.Return(memory);
    }

    private void ClearRowAbove(float* phases, int panels)
    {
        for (long phase = 0; phase < (long)panels * PackedProduct.Rows * PolyphaseTaps.Phases; phase++)
        {
            new Span<float>(phases + (phase * _ring.PhaseStep) + _ring.Place(-_line), _line).Clear();
        }
    }

    /// <summary>Computes the phases of a panel of output channels from a window of pixels.</summary>
    private void Multiply(int panel, float* window, long position, long count, float* phases)
    {
        for (int phase = 0; phase < PolyphaseTaps.Phases; phase++)
        {
            float* weights = _weights.At(panel, 0, PolyphaseTaps.Of(phase).First);
            for (int column = 0; column < count; column += PackedProduct.Columns)
            {
                float* pixels = window + _lead + column;
                float* products = phases + (phase * _ring.PhaseStep) + _ring.Place(position + column);
                TapProduct.ForLarge(weights, _weights.Small, _taps[phase], new TapTile
                {
                    First = pixels,
                    Second = pixels + TapProduct.Columns,
                    FirstResult = products,
                    SecondResult = products + TapProduct.Columns,
                    Stride = _ring.ChannelStep,
                    BringsNext = column == 0,
                });
            }
        }
    }

    /// <summary>Computes rows of the large picture from the phases of a panel of output channels.</summary>
    private void Filter(int panel, float* phases, long origin, int firstRow, int lastRow, float* scratch, float* result)
    {
        int first = panel * PackedProduct.Rows, channels = Math.Min(PackedProduct.Rows, _weights.Large - first);
        for (int channel = 0; channel < channels; channel++)
        {
            float* picture = result + ((long)(first + channel) * 4 * _height * _width);
            for (int row = firstRow; row < lastRow; row++)
            {
                long position = ((long)row * _line) - origin;
                _filter.Rows(phases + (channel * _ring.ChannelStep), position, scratch, picture + (4L * row * _width));
            }
        }
    }
}
