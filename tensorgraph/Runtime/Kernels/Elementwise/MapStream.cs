namespace TensorGraph.Runtime.Kernels.Elementwise;

/// <summary>Where a loop's values are: those of one channel and row lie together.</summary>
/// <param name="Start">The first channel's first row.</param>
/// <param name="ChannelStep">Floats from one channel to the next.</param>
/// <param name="RowStep">Floats from one row to the next.</param>
internal readonly unsafe record struct MapStream(nint Start, long ChannelStep, long RowStep)
{
    /// <summary>The first value of a channel's row.</summary>
    internal float* At(int channel, int row) => (float*)Start + (channel * ChannelStep) + (row * RowStep);
}
