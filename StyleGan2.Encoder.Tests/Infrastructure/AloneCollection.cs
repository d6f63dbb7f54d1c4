namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Tests that measure the whole process, and so run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    internal const string Name = "alone";
}
