using System.IO.Hashing;
using System.Runtime.InteropServices;
using TensorGraph.Runtime.Constants;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// Weights as kernels read them, one copy for all models of the process that multiply by the same; unused ones are collected.
/// </summary>
internal static class SharedWeights
{
    private static readonly SharedByContent<(Type Form, object? Variant, UInt128 Hash, int Outputs, int Channels), object>
        s_weights = new();

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
        return (T)s_weights.GetOrMake(key, weights, w => pack(w, outputs, channels));
    }
}
