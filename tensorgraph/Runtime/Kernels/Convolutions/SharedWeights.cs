using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// Weights as kernels read them, one copy for all models of the process that multiply by the same; unused ones are collected.
/// </summary>
internal static class SharedWeights
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(Type Form, object? Variant, UInt128 Hash, int Outputs, int Channels), WeakReference> s_weights = [];

    /// <summary>Brings weights, [outputs, channels, 3, 3], into a form.</summary>
    internal delegate T Packing<T>(ReadOnlySpan<float> weights, int outputs, int channels);

    /// <summary>The weights in a form.</summary>
    /// <typeparam name="T">The form.</typeparam>
    /// <param name="weights">[outputs, channels, 3, 3].</param>
    /// <param name="outputs">Size of the first dimension.</param>
    /// <param name="channels">Size of the second dimension.</param>
    /// <param name="pack">Makes the form.</param>
    /// <param name="variant">Which of the form's variants, if it has several.</param>
    internal static T Of<T>(ReadOnlySpan<float> weights, int outputs, int channels, Packing<T> pack, object? variant = null)
        where T : class
    {
        var key = (typeof(T), variant, XxHash128.HashToUInt128(MemoryMarshal.AsBytes(weights)), outputs, channels);
        lock (s_gate)
        {
            if (s_weights.GetValueOrDefault(key)?.Target is not T packed)
            {
                packed = pack(weights, outputs, channels);
                s_weights[key] = new WeakReference(packed);
            }

            return packed;
        }
    }
}
