namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>3x3 weights as <see cref="WinogradConvolution"/> multiplies by them: transformed, in panels of output channels.</summary>
internal sealed unsafe class WinogradWeights
{
    private readonly PinnedFloats _panels;

    /// <summary>Transforms weights.</summary>
    /// <param name="weights">[outputs, channels, 3, 3].</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="channels">Input channels.</param>
    internal WinogradWeights(ReadOnlySpan<float> weights, int outputs, int channels)
    {
        Outputs = outputs;
        Channels = channels;
        Panels = (outputs + PackedProduct.Rows - 1) / PackedProduct.Rows;
        _panels = new PinnedFloats((long)TileTransforms.Values * Panels * PanelSize);
        Span<float> transformed = stackalloc float[TileTransforms.Values];
        for (int output = 0; output < outputs; output++)
        {
            float* place = _panels.Pointer + ((long)(output / PackedProduct.Rows) * PanelSize) + (output % PackedProduct.Rows);
            for (int channel = 0; channel < channels; channel++)
            {
                TileTransforms.Filter(weights.Slice(((output * channels) + channel) * 9, 9), transformed);
                for (int value = 0; value < transformed.Length; value++)
                {
                    place[((long)value * Panels * PanelSize) + (channel * PackedProduct.Rows)] = transformed[value];
                }
            }
        }
    }

    /// <summary>Output channels.</summary>
    internal int Outputs { get; }

    /// <summary>Input channels.</summary>
    internal int Channels { get; }

    /// <summary>Panels of output channels; the last is filled up with zeros.</summary>
    internal int Panels { get; }

    private int PanelSize => Channels * PackedProduct.Rows;

    /// <summary>A panel for one value of a tile, [channels, rows of a product].</summary>
    internal float* Panel(int value, int panel) => _panels.Pointer + ((((long)value * Panels) + panel) * PanelSize);
}
