using System.Collections;
using System.Globalization;
using Dnnlib;

namespace Training;

/// <summary>Settings of <c>G_synthesis_stylegan2</c>, with the reference's defaults.</summary>
internal sealed class SynthesisParameters(EasyDict kwargs)
{
    private readonly int _fmapBase = kwargs.Get("fmap_base", 16 << 10);
    private readonly double _fmapDecay = kwargs.Get("fmap_decay", 1.0);
    private readonly int _fmapMin = kwargs.Get("fmap_min", 1);
    private readonly int _fmapMax = kwargs.Get("fmap_max", 512);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = kwargs.Get("dlatent_size", 512);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = kwargs.Get("num_channels", 3);

    /// <summary>Base-2 logarithm of the images' side.</summary>
    internal int ResolutionLog2 { get; } = Log2(kwargs.Get("resolution", 1024));

    /// <summary>Whether noise is drawn afresh in each run instead of being read from variables.</summary>
    internal bool RandomizeNoise { get; } = kwargs.Get("randomize_noise", true);

    /// <summary>How blocks are joined: <c>orig</c>, <c>skip</c> or <c>resnet</c>.</summary>
    internal string Architecture { get; } = kwargs.Get("architecture", "skip");

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = kwargs.Get("nonlinearity", "lrelu");

    /// <summary>One-dimensional resampling filter; null repeats pixels.</summary>
    internal float[]? ResampleKernel { get; } = Taps(kwargs);

    /// <summary>Number of layers with a style of their own.</summary>
    internal int NumLayers => (ResolutionLog2 * 2) - 2;

    /// <summary>Feature maps of a stage, of which stage n has side 2^(n+1).</summary>
    internal int Fmaps(int stage) => Math.Clamp((int)(_fmapBase / Math.Pow(2.0, stage * _fmapDecay)), _fmapMin, _fmapMax);

    internal static int Log2(int resolution)
    {
        int log2 = int.Log2(resolution);
        return resolution >= 4 && resolution == 1 << log2
            ? log2
            : throw new InvalidDataException($"resolution is {resolution}; it must be a power of two from 4 on");
    }

    private static float[]? Taps(EasyDict kwargs) => kwargs.TryGetValue("resample_kernel", out object? value)
        ? (value as IEnumerable)?.Cast<object>().Select(t => Convert.ToSingle(t, CultureInfo.InvariantCulture)).ToArray()
        : [1, 3, 3, 1];
}
