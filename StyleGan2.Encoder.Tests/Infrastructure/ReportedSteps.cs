using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Receives the steps of a projection at once, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class ReportedSteps : IProgress<ProjectionStep>
{
    /// <summary>The numbers of the steps.</summary>
    internal List<int> Numbers { get; } = [];

    /// <summary>Is called with the number of each step.</summary>
    internal Action<int>? OnStep { get; init; }

    public void Report(ProjectionStep value)
    {
        Numbers.Add(value.Number);
        OnStep?.Invoke(value.Number);
    }
}
