using Dnnlib;
using Training.Networks.Layers;

namespace Training.Networks.StyleGan2;

/// <summary>Settings of StyleGAN2's syntheses, with the reference's defaults.</summary>
/// <param name="kwargs">The settings.</param>
/// <param name="sizes">The sizes that they ask for.</param>
/// <exception cref="FormatException">A setting has a value that it may not have.</exception>
internal sealed class SynthesisParameters(EasyDict kwargs, ImageSizes sizes)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 16 << 10);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = Settings.DlatentSize.Of(kwargs, 512);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = Settings.NumChannels.Of(kwargs, 3);

    /// <summary>Sizes of the images in the network.</summary>
    internal ImageSizes Sizes { get; } = sizes;

    /// <summary>
    /// Feature maps of the learned constant, where StyleGAN2-ADA's settings give them; null for those of the first block.
    /// </summary>
    internal int? FmapConst { get; init; }

    /// <summary>Whether layers add noise, which StyleGAN2-ADA's can be told not to.</summary>
    internal bool UseNoise { get; init; } = true;

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <summary>How blocks are joined: <c>orig</c>, <c>skip</c> or <c>resnet</c>.</summary>
    internal string Architecture { get; } = Settings.Architecture.Of(kwargs, "skip");

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = Settings.Nonlinearity.Of(kwargs, "lrelu");

    /// <summary>Limit of the layers' results in either direction (StyleGAN2-ADA's); null sets none.</summary>
    internal double? ConvClamp { get; } = Settings.ConvClamp.Of(kwargs, null);

    /// <summary>One-dimensional resampling filter; null repeats pixels.</summary>
    internal float[]? ResampleKernel { get; } = Settings.ResampleKernel.Of(kwargs, [1, 3, 3, 1]);

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
