namespace Dnnlib.TfLib;

/// <summary>How <see cref="Network.Run"/> cuts up its inputs and converts its outputs.</summary>
public sealed record NetworkRunOptions
{
    /// <summary>Samples in one go, which bounds the memory that a run takes; null runs all at once.</summary>
    public int? MinibatchSize { get; init; }

    /// <summary>What is done to the outputs, such as <see cref="ImageConversion"/>; null leaves them as they are.</summary>
    public OutputTransform? OutputTransform { get; init; }

    /// <summary>Accepted as the reference has it; the session's own device runs everything.</summary>
    public int NumGpus { get; init; } = 1;
}
