using Dnnlib;

namespace Training.Networks.Layers;

/// <summary>Settings of the mappings, with the reference's defaults.</summary>
/// <param name="kwargs">The settings.</param>
/// <param name="nonlinearity">The setting of the layers' activation, with the activations that the generation knows.</param>
/// <exception cref="FormatException">A setting has a value that it may not have.</exception>
internal sealed class MappingParameters(EasyDict kwargs, Setting<string> nonlinearity)
{
    /// <summary>Size of latents (Z).</summary>
    internal int LatentSize { get; } = Settings.LatentSize.Of(kwargs, 512);

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal int LabelSize { get; } = Settings.LabelSize.Of(kwargs, 0);

    /// <summary>Size of StyleGAN2-ADA's embedding of labels; null for that of latents.</summary>
    internal int? LabelFmaps { get; } = Settings.LabelFmaps.Of(kwargs, null);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = Settings.DlatentSize.Of(kwargs, 512);

    /// <summary>How many times W is repeated as [N, count, size]; null leaves it [N, size].</summary>
    internal int? DlatentBroadcast { get; } = Settings.DlatentBroadcast.Of(kwargs, null);

    /// <summary>Number of layers.</summary>
    internal int Layers { get; } = Settings.MappingLayers.Of(kwargs, 8);

    /// <summary>Width of the inner layers; null for that of W.</summary>
    internal int? Fmaps { get; init; } = Settings.MappingFmaps.Of(kwargs, 512);

    /// <summary>Learning rate of the layers in relation to the rest.</summary>
    internal double Lrmul { get; } = Settings.MappingLrmul.Of(kwargs, 0.01);

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = nonlinearity.Of(kwargs, "lrelu");

    /// <summary>Whether latents are brought to unit length first.</summary>
    internal bool NormalizeLatents { get; } = Settings.NormalizeLatents.Of(kwargs, true);
}
