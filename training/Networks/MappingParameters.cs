using Dnnlib;

namespace Training.Networks;

/// <summary>Settings of <c>G_mapping</c>, with the reference's defaults.</summary>
internal sealed class MappingParameters(EasyDict kwargs)
{
    /// <summary>Size of latents (Z).</summary>
    internal int LatentSize { get; } = kwargs.Get("latent_size", 512);

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal int LabelSize { get; } = kwargs.Get("label_size", 0);

    /// <summary>Size of the label embedding of StyleGAN2-ADA's networks; null joins labels to latents as StyleGAN2 does.</summary>
    internal int? LabelFmaps { get; } = kwargs.Get<int?>("label_fmaps", null);

    /// <summary>Size of disentangled latents (W).</summary>
    internal int DlatentSize { get; } = kwargs.Get("dlatent_size", 512);

    /// <summary>How many times W is repeated as [N, count, size]; null leaves it [N, size].</summary>
    internal int? DlatentBroadcast { get; } = kwargs.Get<int?>("dlatent_broadcast", null);

    /// <summary>Number of layers.</summary>
    internal int Layers { get; } = kwargs.Get("mapping_layers", 8);

    /// <summary>Width of the inner layers.</summary>
    internal int Fmaps { get; } = kwargs.Get("mapping_fmaps", 512);

    /// <summary>Learning rate of the layers in relation to the rest.</summary>
    internal double Lrmul { get; } = kwargs.Get("mapping_lrmul", 0.01);

    /// <summary>Activation of the layers.</summary>
    internal string Nonlinearity { get; } = kwargs.Get("mapping_nonlinearity", "lrelu");

    /// <summary>Whether latents are brought to unit length first.</summary>
    internal bool NormalizeLatents { get; } = kwargs.Get("normalize_latents", true);
}
