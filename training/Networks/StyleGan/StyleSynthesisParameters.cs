using Dnnlib;

namespace Training.Networks.StyleGan;

/// <summary>Settings of StyleGAN's <c>G_synthesis</c>, with the reference's defaults.</summary>
internal sealed class StyleSynthesisParameters(EasyDict kwargs)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 8192);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = kwargs.Get("dlatent_size", 512);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = kwargs.Get("num_channels", 3);

    /// <summary>Base-2 logarithm of the images' side.</summary>
    internal int ResolutionLog2 { get; } = kwargs.ResolutionLog2(1024);

    /// <summary>Whether W styles each layer; if not, only its first entry is used.</summary>
    internal bool UseStyles { get; } = kwargs.Get("use_styles", true);

    /// <summary>Whether the first layer is a learned constant instead of a product with W.</summary>
    internal bool ConstInputLayer { get; } = kwargs.Get("const_input_layer", true);

    /// <summary>Whether layers add noise.</summary>
    internal bool UseNoise { get; } = kwargs.Get("use_noise", true);

    /// <summary>Whether the features of each pixel are normalised.</summary>
    internal bool UsePixelNorm { get; } = kwargs.Get("use_pixel_norm", false);

    /// <summary>Whether each feature map is normalised.</summary>
    internal bool UseInstanceNorm { get; } = kwargs.Get("use_instance_norm", true);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <summary>Number of layers.</summary>
    internal int NumLayers => (ResolutionLog2 * 2) - 2;

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
