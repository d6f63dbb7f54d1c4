using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Reports;

/// <summary>What the program is and runs on.</summary>
internal static class Versions
{
    /// <summary>The program, .NET, ONNX Runtime and the system, each with its version.</summary>
    internal static string InUse { get; } =
        $"{new ResultRecord().Program}, {RuntimeInformation.FrameworkDescription}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}, "
            + $"{RuntimeInformation.OSDescription}";
}
