namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>3x3 weights as <see cref="WinogradConvolution"/> multiplies by them: transformed, in panels of output channels.</summary>
internal sealed unsafe class WinogradWeights
{
    private readonly PinnedFloats _panels;
    private readonly bool _isTurned;

    /// <summary>Transforms weights.</summary>
    /// <param name="tiling">How the convolution is divided.</param>
    /// <param name="weights">[outputs, channels, 3, 3].</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="channels">Input channels.</param>
    internal WinogradWeights(WinogradTiling tiling, ReadOnlySpan<float> weights, int outputs, int channels)
    {
        Tiling = tiling;
        (Outputs, Channels) = (outputs, channels);
        _panels = new PinnedFloats(tiling.Values * Panels * PanelSizeOf(channels));
        fixed (float* first = weights)
        {
            float* filters = first;
            Parallel.For(0, Panels, panel => Transform(filters, panel));
        }

        Turned = new WinogradWeights(this);
    }

    private WinogradWeights(WinogradWeights weights)
    {
        Tiling = weights.Tiling;
        (Outputs, Channels) = (weights.Channels, weights.Outputs);
        (_panels, _isTurned) = (weights._panels, true);
        Turned = weights;
    }

    /// <summary>How the convolution is divided.</summary>
    internal WinogradTiling Tiling { get; }

    /// <summary>Output channels.</summary>
    internal int Outputs { get; }

    /// <summary>Input channels.</summary>
    internal int Channels { get; }

    /// <summary>Panels of output channels; in the last, rows may be left over, which have no meaning.</summary>
    internal int Panels => PackedProduct.PanelsOf(Outputs);

    /// <summary>
    /// The weights of the convolution's gradient, in the same memory: outputs for channels, filters turned by half a circle.
    /// </summary>
    internal WinogradWeights Turned { get; }

    /// <summary>The product of a panel for one value of a tile and a panel of pixels, [channels, columns of a product].</summary>
    internal void Multiply(int value, int panel, float* pixels, float* product, long stride)
    {
        int rows = PackedProduct.Rows;
        if (!_isTurned)
        {
            float* weights = _panels.Pointer + ((((long)value * Panels) + panel) * PanelSizeOf(Channels));
            PackedProduct.Multiply(weights, pixels, Channels, product, stride);
            return;
        }

        long panelSize = PanelSizeOf(Outputs);
        float* first = _panels.Pointer + (Tiling.Turned(value) * PackedProduct.PanelsOf(Channels) * panelSize) + (panel * rows * rows);
        PackedProduct.MultiplyTransposed(first, panelSize, pixels, Channels, product, stride);
    }

    /// <summary>Fills a panel, channel by channel, so that what is written lies together.</summary>
    private void Transform(float* filters, int panel)
    {
        int rows = PackedProduct.Rows, outputs = Math.Min(rows, Outputs - (panel * rows));
        long valueSize = Panels * PanelSizeOf(Channels);
        float* place = _panels.Pointer + (panel * PanelSizeOf(Channels));
        Span<float> transformed = stackalloc float[Tiling.Values];
        for (int channel = 0; channel < Channels; channel++, place += rows)
        {
            for (int row = 0; row < outputs; row++)
            {
                float* filter = filters + (((((long)panel * rows) + row) * Channels) + channel) * 9;
                Tiling.Filter(new ReadOnlySpan<float>(filter, 9), transformed);
                for (int value = 0; value < transformed.Length; value++)
                {
                    place[(value * valueSize) + row] = transformed[value];
                }
            }
        }
    }

    /// <summary>
    /// Floats from one panel to the next. Turned filters are read across panels: a little more than the panel lets places at the same
    /// height lie in different sets of the cache, and holds what the last product reads past the panel.
    /// </summary>
    private static long PanelSizeOf(int channels) => ((long)channels + PackedProduct.Rows) * PackedProduct.Rows;
}
