using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// Weights as kernels read them, one copy for all models of the process that multiply by the same, and for gradients where the form
/// serves them too; unused ones are collected.
/// </summary>
internal static class SharedWeights
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(Type Form, UInt128 Hash, int Outputs, int Channels), WeakReference> s_weights = [];

    /// <summary>Brings weights, [outputs, channels, 3, 3], into a form.</summary>
    internal delegate T Packing<T>(ReadOnlySpan<float> weights, int outputs, int channels);

    /// <summary>The weights in a form.</summary>
    /// <typeparam name="T">The form.</typeparam>
    /// <param name="weights">[outputs, channels, 3, 3].</param>
    /// <param name="outputs">Size of the first dimension.</param>
    /// <param name="channels">Size of the second dimension.</param>
    /// <param name="pack">Makes the form.</param>
    /// <param name="turned">Of weights in the form, those of the convolution's gradient; null if it does not have them.</param>
    internal static T Of<T>(
        ReadOnlySpan<float> weights, int outputs, int channels, Packing<T> pack, Func<T, T>? turned = null)
        where T : class
    {
        var key = (typeof(T), XxHash128.HashToUInt128(MemoryMarshal.AsBytes(weights)), outputs, channels);
        lock (s_gate)
        {
            if (s_weights.GetValueOrDefault(key)?.Target is not T packed)
            {
                packed = pack(weights, outputs, channels);
                s_weights[key] = new WeakReference(packed);
                if (turned is not null)
                {
                    s_weights[(typeof(T), HashOfTurned(weights, outputs, channels), channels, outputs)] = new WeakReference(turned(packed));
                }
            }

            return packed;
        }
    }

    /// <summary>The hash of the weights of the gradient, [channels, outputs, 3, 3].</summary>
    private static UInt128 HashOfTurned(ReadOnlySpan<float> weights, int outputs, int channels)
    {
        XxHash128 hash = new();
        float[] row = new float[outputs * 9];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int output = 0; output < outputs; output++)
            {
                weights.Slice(((output * channels) + channel) * 9, 9).CopyTo(row.AsSpan(output * 9));
                row.AsSpan(output * 9, 9).Reverse();
            }

            hash.Append(MemoryMarshal.AsBytes<float>(row));
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
