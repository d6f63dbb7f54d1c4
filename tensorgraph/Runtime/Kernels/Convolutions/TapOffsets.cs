namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Where the taps of a filter read.</summary>
/// <param name="Offsets">Floats from a pixel to what each tap reads for it.</param>
/// <param name="ChannelStep">Floats from one channel to the next.</param>
internal readonly record struct TapOffsets(long[] Offsets, long ChannelStep)
{
    /// <summary>How many taps there are.</summary>
    internal int Count => Offsets.Length;
}
