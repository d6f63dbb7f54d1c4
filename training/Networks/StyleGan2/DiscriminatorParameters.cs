using Dnnlib;

namespace Training.Networks.StyleGan2;

/// <summary>Settings of <c>D_stylegan2</c> and <c>D_stylegan</c>, with the reference's defaults.</summary>
internal sealed class DiscriminatorParameters(EasyDict kwargs)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 16 << 10);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = kwargs.Get("num_channels", 3);

    /// <summary>Base-2 logarithm of the images' side.</summary>
    internal int ResolutionLog2 { get; } = kwargs.ResolutionLog2(1024);

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal int LabelSize { get; } = kwargs.Get("label_size", 0);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <summary>How blocks are joined: <c>orig</c>, <c>skip</c> or <c>resnet</c>.</summary>
    internal string Architecture { get; } = kwargs.OneOf("architecture", "resnet", "orig", "skip", "resnet");

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = kwargs.Get("nonlinearity", "lrelu");

    /// <summary>Samples in a group of the minibatch standard deviation; up to 1 leaves the layer out.</summary>
    internal int MbstdGroupSize { get; } = kwargs.Get("mbstd_group_size", 4);

    /// <summary>Feature maps that the minibatch standard deviation adds.</summary>
    internal int MbstdNumFeatures { get; } = kwargs.Get("mbstd_num_features", 1);

    /// <summary>Size of the features that StyleGAN2-ADA's networks make of labels; null has a score for each label as StyleGAN2 does.</summary>
    internal int? MappingFmaps { get; } = kwargs.Get<int?>("mapping_fmaps", null);

    /// <summary>Layers that make those features.</summary>
    internal int MappingLayers { get; } = kwargs.Get("mapping_layers", 0);

    /// <summary>Learning rate of those layers in relation to the rest.</summary>
    internal double MappingLrmul { get; } = kwargs.Get("mapping_lrmul", 0.1);

    /// <summary>Activation of those layers.</summary>
    internal string MappingNonlinearity { get; } = kwargs.Get("mapping_nonlinearity", "lrelu");

    /// <summary>Limit of the convolutions' results in either direction (StyleGAN2-ADA's); null sets none.</summary>
    internal double? ConvClamp { get; } = kwargs.Get<double?>("conv_clamp", null);

    /// <summary>One-dimensional resampling filter; null averages pixels.</summary>
    internal float[]? ResampleKernel { get; } = kwargs.Taps("resample_kernel", 1, 3, 3, 1);

    /// <summary>Side of the images.</summary>
    internal int Resolution => 1 << ResolutionLog2;

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
