namespace TensorGraph.Runtime.Kernels.Elementwise;

/// <summary>The size of feature maps [1, C, H, W].</summary>
internal readonly record struct FeatureMapSize(int Channels, int Height, int Width)
{
    /// <summary>Pixels of a channel.</summary>
    internal long Pixels => (long)Height * Width;
}
