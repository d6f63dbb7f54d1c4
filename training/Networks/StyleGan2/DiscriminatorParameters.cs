using Dnnlib;
using Training.Networks.Layers;

namespace Training.Networks.StyleGan2;

/// <summary>Settings of StyleGAN2's discriminators, with the reference's defaults.</summary>
/// <param name="kwargs">The settings.</param>
/// <param name="sizes">The sizes that they ask for.</param>
/// <exception cref="FormatException">A setting has a value that it may not have.</exception>
internal sealed class DiscriminatorParameters(EasyDict kwargs, ImageSizes sizes)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 16 << 10);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = Settings.NumChannels.Of(kwargs, 3);

    /// <summary>Sizes of the images in the network.</summary>
    internal ImageSizes Sizes { get; } = sizes;

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal int LabelSize { get; } = Settings.LabelSize.Of(kwargs, 0);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <summary>How blocks are joined: <c>orig</c>, <c>skip</c> or <c>resnet</c>.</summary>
    internal string Architecture { get; } = Settings.Architecture.Of(kwargs, "resnet");

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = Settings.Nonlinearity.Of(kwargs, "lrelu");

    /// <summary>Samples in a group of the minibatch standard deviation; up to 1 leaves the layer out.</summary>
    internal int MbstdGroupSize { get; init; } = Settings.MbstdGroupSize.Of(kwargs, 4) ?? int.MaxValue;

    /// <summary>Feature maps that the minibatch standard deviation adds; 0 leaves the layer out.</summary>
    internal int MbstdNumFeatures { get; } = Settings.MbstdNumFeatures.Of(kwargs, 1);

    /// <summary>Size of the features that StyleGAN2-ADA's networks make of labels; null for that of the last layer.</summary>
    internal int? MappingFmaps { get; } = Settings.MappingFmaps.Of(kwargs, null);

    /// <summary>Layers that make those features.</summary>
    internal int MappingLayers { get; } = Settings.MappingLayers.Of(kwargs, 0);

    /// <summary>Learning rate of those layers in relation to the rest.</summary>
    internal double MappingLrmul { get; } = Settings.MappingLrmul.Of(kwargs, 0.1);

    /// <summary>Activation of those layers.</summary>
    internal string MappingNonlinearity { get; } = Settings.MappingNonlinearity.Of(kwargs, "lrelu");

    /// <summary>Limit of the convolutions' results in either direction (StyleGAN2-ADA's); null sets none.</summary>
    internal double? ConvClamp { get; } = Settings.ConvClamp.Of(kwargs, null);

    /// <summary>One-dimensional resampling filter; null averages pixels.</summary>
    internal float[]? ResampleKernel { get; } = Settings.ResampleKernel.Of(kwargs, [1, 3, 3, 1]);

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
