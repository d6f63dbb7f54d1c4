using Dnnlib;

namespace Training.Networks.StyleGan;

/// <summary>Settings of StyleGAN's <c>D_basic</c>, with the reference's defaults.</summary>
internal sealed class BasicDiscriminatorParameters(EasyDict kwargs)
{
    private readonly FeatureMaps _fmaps = new(kwargs, 8192);

    /// <summary>Channels of the images.</summary>
    internal int NumChannels { get; } = kwargs.Get("num_channels", 1);

    /// <summary>Base-2 logarithm of the images' side.</summary>
    internal int ResolutionLog2 { get; } = kwargs.ResolutionLog2(32);

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal int LabelSize { get; } = kwargs.Get("label_size", 0);

    /// <summary>Samples in a group of the minibatch standard deviation; up to 1 leaves the layer out.</summary>
    internal int MbstdGroupSize { get; } = kwargs.Get("mbstd_group_size", 4);

    /// <summary>Feature maps that the minibatch standard deviation adds.</summary>
    internal int MbstdNumFeatures { get; } = kwargs.Get("mbstd_num_features", 1);

    /// <summary>How levels of detail are joined, see <see cref="ProgressiveGrowing"/>.</summary>
    internal string Structure { get; } = ProgressiveGrowing.StructureOf(kwargs);

    /// <summary>Side of the images.</summary>
    internal int Resolution => 1 << ResolutionLog2;

    /// <inheritdoc cref="FeatureMaps.Of"/>
    internal int Fmaps(int stage) => _fmaps.Of(stage);
}
