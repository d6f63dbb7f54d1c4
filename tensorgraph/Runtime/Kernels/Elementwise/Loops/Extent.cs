namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What values stand for.</summary>
internal enum Extent
{
    /// <summary>Each channel's pixels, [1, C, H, W].</summary>
    Maps,

    /// <summary>Channels, [1, C, 1, 1].</summary>
    Channels,

    /// <summary>Pixels, [1, 1, H, W].</summary>
    Pixels,

    /// <summary>One value for all.</summary>
    Scalar,
}
