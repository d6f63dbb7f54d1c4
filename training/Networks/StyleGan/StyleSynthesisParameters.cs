using Dnnlib;
using Training.Networks.Layers;

namespace Training.Networks.StyleGan;

/// <summary>Settings of StyleGAN's <c>G_synthesis</c>, with the reference's defaults.</summary>
internal sealed class StyleSynthesisParameters(EasyDict kwargs)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 8192);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = Settings.DlatentSize.Of(kwargs, 512);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = Settings.NumChannels.Of(kwargs, 3);

    /// <summary>Sizes of the images in the network.</summary>
    internal ImageSizes Sizes { get; } = ImageSizes.Square(kwargs, 1024);

    /// <summary>Whether W styles each layer; if not, only its first entry is used.</summary>
    internal bool UseStyles { get; } = Settings.UseStyles.Of(kwargs, true);

    /// <summary>Whether the first layer is a learned constant instead of a product with W.</summary>
    internal bool ConstInputLayer { get; } = Settings.ConstInputLayer.Of(kwargs, true);

    /// <summary>Whether layers add noise.</summary>
    internal bool UseNoise { get; } = Settings.UseNoise.Of(kwargs, true);

    /// <summary>Whether the features of each pixel are normalised.</summary>
    internal bool UsePixelNorm { get; } = Settings.UsePixelNorm.Of(kwargs, false);

    /// <summary>Whether each feature map is normalised.</summary>
    internal bool UseInstanceNorm { get; } = Settings.UseInstanceNorm.Of(kwargs, true);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
