using Dnnlib;
using Training.Networks.Layers;

namespace Training.Networks.StyleGan;

/// <summary>Settings of StyleGAN's <c>D_basic</c>, with the reference's defaults.</summary>
internal sealed class BasicDiscriminatorParameters(EasyDict kwargs)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 8192);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = Settings.NumChannels.Of(kwargs, 1);

    /// <summary>Sizes of the images in the network.</summary>
    internal ImageSizes Sizes { get; } = ImageSizes.Square(kwargs, 32);

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal int LabelSize { get; } = Settings.LabelSize.Of(kwargs, 0);

    /// <summary>Samples in a group of the minibatch standard deviation; up to 1 leaves the layer out.</summary>
    internal int MbstdGroupSize { get; } = Settings.MbstdGroupSize.Of(kwargs, 4) ?? int.MaxValue;

    /// <summary>Feature maps that the minibatch standard deviation adds.</summary>
    internal int MbstdNumFeatures { get; } = Settings.MbstdNumFeatures.Of(kwargs, 1);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
