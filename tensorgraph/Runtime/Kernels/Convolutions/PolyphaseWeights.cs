namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// 3x3 weights with stride 2 as convolutions multiply by them, in either direction: for each panel of large channels, each small channel
/// and each tap, the weights of the panel's channels.
/// </summary>
/// <remarks>Small channels are those of the small picture; both are filled up with zeros to whole panels.</remarks>
internal sealed unsafe class PolyphaseWeights
{
    private readonly PinnedFloats _panels;

    /// <summary>Orders weights.</summary>
    /// <param name="weights">[small channels, large channels, 3, 3].</param>
    /// <param name="small">Channels of the small picture.</param>
    /// <param name="large">Channels of the large picture.</param>
    internal PolyphaseWeights(ReadOnlySpan<float> weights, int small, int large)
    {
        int rows = PackedProduct.Rows;
        Small = small;
        Large = large;
        SmallPanels = PackedProduct.PanelsOf(small);
        LargePanels = PackedProduct.PanelsOf(large);
        _panels = new PinnedFloats(LargePanels * PanelSize);
        for (int c = 0; c < small; c++)
        {
            for (int o = 0; o < large; o++)
            {
                float* place = _panels.Pointer + (o / rows * PanelSize) + ((long)c * ChannelSize) + (o % rows);
                for (int tap = 0; tap < PolyphaseTaps.Count; tap++)
                {
                    (int row, int column) = PolyphaseTaps.Tap(tap);
                    place[tap * rows] = weights[(((((c * large) + o) * 3) + row) * 3) + column];
                }
            }
        }
    }

    /// <summary>Channels of the small picture.</summary>
    internal int Small { get; }

    /// <summary>Channels of the large picture.</summary>
    internal int Large { get; }

    /// <summary>Panels of small channels.</summary>
    internal int SmallPanels { get; }

    /// <summary>Panels of large channels.</summary>
    internal int LargePanels { get; }

    /// <summary>Floats from one panel of large channels to the next.</summary>
    internal long PanelSize => (long)SmallPanels * PackedProduct.Rows * ChannelSize;

    /// <summary>Floats from one small channel to the next.</summary>
    internal static int ChannelSize => PolyphaseTaps.Count * PackedProduct.Rows;

    /// <summary>The weights of a panel of large channels and of a tap, for the first of a panel of small channels.</summary>
    internal float* At(int largePanel, int smallPanel, int tap) =>
        _panels.Pointer + (largePanel * PanelSize) + ((long)smallPanel * PackedProduct.Rows * ChannelSize) + (tap * PackedProduct.Rows);
}
