using System.Globalization;
using System.Text.Json;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>What <c>step</c> measures.</summary>
internal sealed record StepFigures
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Seconds of one step: the least of all rounds.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Seconds of one step without kernels in C#: the least of all rounds.</summary>
    public required double OnnxRuntimeStepSeconds { get; init; }

    /// <summary>Seconds of the step's convolutions alone in ONNX Runtime: the least of all rounds.</summary>
    public required double ConvolutionsSeconds { get; init; }

    /// <summary>The step's seconds over its convolutions'.</summary>
    public required double Ratio { get; init; }

    /// <summary>The most memory that the process held until the picture was read after the first step, in 10^6 bytes.</summary>
    public required double PeakMb { get; init; }

    /// <summary>Seconds from the start of the process to the end of the first step.</summary>
    public required double StartSeconds { get; init; }

    /// <summary>10^9 floating-point operations of the step's convolutions.</summary>
    public required double Gigaflop { get; init; }

    /// <summary>The part of a step's time that each kind of operation takes, largest first.</summary>
    public required IReadOnlyDictionary<string, double> Shares { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, s_json);

    internal string ToText()
    {
        IEnumerable<string> shares = Shares.Where(s => s.Value >= 0.005).Select(s => $"  {s.Value,6:P1}  {s.Key}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            step {StepSeconds:F3} s, its convolutions alone {ConvolutionsSeconds:F3} s, ratio {Ratio:F3} (least of each)
            step without kernels in C# {OnnxRuntimeStepSeconds:F3} s, ratio {OnnxRuntimeStepSeconds / ConvolutionsSeconds:F3}
            {Gigaflop:F1} GFLOP in convolutions, {Gigaflop / ConvolutionsSeconds:F0} GFLOP/s alone
            peak memory {PeakMb:F0} MB, first step done after {StartSeconds:F1} s
            share of a step by kind of operation:
            {string.Join(Environment.NewLine, shares)}
            """);
    }
}
