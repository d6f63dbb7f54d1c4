using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Networks;

/// <summary>What can run networks on this machine.</summary>
internal static class Devices
{
    /// <summary>A line for each device that <c>--device</c> takes: what it is, or why it cannot be used.</summary>
    internal static IEnumerable<string> Describe()
    {
        yield return $"cpu: {Environment.ProcessorCount} cores, {Vectors}";
        yield return $"cuda: {Problem("cuda") ?? string.Join("; ", Gpus())}";
    }

    private static string Vectors =>
        Avx512F.IsSupported ? "AVX-512"
            : Avx2.IsSupported ? "AVX2"
            : AdvSimd.IsSupported ? "NEON"
            : "no vectors of 256 bits";

    /// <summary>Why a device cannot be used; null where it can.</summary>
    private static string? Problem(string device)
    {
        try
        {
            using Graph graph = new();
            using Session session = new(graph, new SessionConfig { Device = device });
            return null;
        }
        catch (NotSupportedException error)
        {
            return $"cannot be used: {error.Message.Replace($"device {device}: ", "")}";
        }
    }

    /// <summary>The names and the memory of the GPUs, as the driver's program tells them.</summary>
    private static string[] Gpus()
    {
        try
        {
            ProcessStartInfo start = new("nvidia-smi", "--query-gpu=name,memory.total --format=csv,noheader");
            start.RedirectStandardOutput = true;
            using Process process = Process.Start(start)!;
            string[] lines =
                process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            process.WaitForExit();
            return process.ExitCode == 0 && lines.Length > 0 ? lines : ["ready"];
        }
        catch (Win32Exception)
        {
            return ["ready"];
        }
    }
}
