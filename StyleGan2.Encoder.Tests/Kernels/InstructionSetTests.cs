using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace StyleGan2.Encoder.Tests.Kernels;

/// <summary>Kernels are right whichever vectors the processor has: their tests run again without some.</summary>
public sealed class InstructionSetTests
{
    private const string ExpectedWidth = "EXPECTED_VECTOR_WIDTH";

    private static int Width =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    [Theory]
    [InlineData(256, "DOTNET_EnableAVX512")]
    [InlineData(128, "DOTNET_EnableAVX2")]
    [InlineData(0, "DOTNET_EnableHWIntrinsic")]
    public void Kernels_pass_their_tests_with_narrower_vectors(int width, string instructionSet)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(ExpectedWidth) is not null, "This is a run without some instruction sets.");
        Assert.SkipUnless(Width >= width, $"The processor has vectors of {Width} bits.");
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "StyleGan2.Encoder.Tests.dll"),
                "-noColor", "-namespace", typeof(InstructionSetTests).Namespace!])
        {
            RedirectStandardOutput = true,
            Environment = { [instructionSet] = "0", [ExpectedWidth] = width.ToString(CultureInfo.InvariantCulture) },
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }

    [Fact]
    public void Vectors_are_as_wide_as_this_run_is_for() =>
        Assert.Equal(Environment.GetEnvironmentVariable(ExpectedWidth) ?? $"{Width}", $"{Width}");
}
