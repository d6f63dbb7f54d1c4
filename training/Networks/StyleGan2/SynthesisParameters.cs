using Dnnlib;

namespace Training.Networks.StyleGan2;

/// <summary>Settings of <c>G_synthesis_stylegan2</c> and <c>G_synthesis_stylegan_revised</c>, with the reference's defaults.</summary>
internal sealed class SynthesisParameters(EasyDict kwargs)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 16 << 10);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = kwargs.Get("dlatent_size", 512);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = kwargs.Get("num_channels", 3);

    /// <summary>Base-2 logarithm of the images' side.</summary>
    internal int ResolutionLog2 { get; } = kwargs.ResolutionLog2(1024);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <summary>How blocks are joined: <c>orig</c>, <c>skip</c> or <c>resnet</c>.</summary>
    internal string Architecture { get; } = kwargs.OneOf("architecture", "skip", "orig", "skip", "resnet");

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = kwargs.Get("nonlinearity", "lrelu");

    /// <summary>Limit of the layers' results in either direction (StyleGAN2-ADA's); null sets none.</summary>
    internal double? ConvClamp { get; } = kwargs.Get<double?>("conv_clamp", null);

    /// <summary>One-dimensional resampling filter; null repeats pixels.</summary>
    internal float[]? ResampleKernel { get; } = kwargs.Taps("resample_kernel", 1, 3, 3, 1);

    /// <summary>Number of layers with a style of their own.</summary>
    internal int NumLayers => (ResolutionLog2 * 2) - 2;

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
