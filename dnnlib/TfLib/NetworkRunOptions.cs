namespace Dnnlib.TfLib;

/// <summary>How <see cref="Network.Run"/> cuts up its inputs and converts its outputs.</summary>
public sealed record NetworkRunOptions
{
    /// <summary>Samples in one run.</summary>
    public int MinibatchSize { get; init; } = 16;

    /// <summary>Conversion of images to uint8; null leaves outputs as they are.</summary>
    public ImageConversion? OutputTransform { get; init; }
}
