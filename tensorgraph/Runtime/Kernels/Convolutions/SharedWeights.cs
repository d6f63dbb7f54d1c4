using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Transformed weights, one copy for all models of the process that multiply by the same; unused ones are collected.</summary>
internal static class SharedWeights
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(UInt128 Hash, int Outputs, int Channels), WeakReference<WinogradWeights>> s_weights = [];

    /// <summary>The transformed weights.</summary>
    /// <param name="weights">[outputs, channels, 3, 3].</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="channels">Input channels.</param>
    internal static WinogradWeights Of(ReadOnlySpan<float> weights, int outputs, int channels)
    {
        UInt128 hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(weights));
        lock (s_gate)
        {
            if (!s_weights.TryGetValue((hash, outputs, channels), out WeakReference<WinogradWeights>? kept)
                || !kept.TryGetTarget(out WinogradWeights? transformed))
            {
                transformed = new WinogradWeights(weights, outputs, channels);
                s_weights[(hash, outputs, channels)] = new WeakReference<WinogradWeights>(transformed);
            }

            return transformed;
        }
    }
}
