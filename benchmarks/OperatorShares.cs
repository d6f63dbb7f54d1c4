using System.Text.Json;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Which kinds of operation a step's time goes to, from ONNX Runtime's profile.</summary>
internal static class OperatorShares
{
    private const int Steps = 3;

    /// <summary>Takes some steps in a session of their own.</summary>
    /// <returns>The part that each kind of operation has, largest first.</returns>
    internal static IReadOnlyDictionary<string, double> OfStep(SessionConfig config, int resolution)
    {
        string folder = Directory.CreateTempSubdirectory("step-profile-").FullName;
        try
        {
            using (TimedProjector projector = new(resolution, config with { ProfilePrefix = Path.Combine(folder, "model") }))
            {
                for (int i = 0; i < Steps; i++)
                {
                    projector.Step();
                }
            }

            // The step's model is the one that most is written about.
            return Read(new DirectoryInfo(folder).GetFiles().MaxBy(f => f.Length)!.FullName);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, double> Read(string profile)
    {
        using FileStream stream = File.OpenRead(profile);
        using JsonDocument events = JsonDocument.Parse(stream);
        (string Kind, double Duration)[] kernels =
        [
            .. events.RootElement.EnumerateArray()
                .Where(e => e.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal))
                .Select(e => (e.GetProperty("args").GetProperty("op_name").GetString()!, e.GetProperty("dur").GetDouble())),
        ];
        double all = kernels.Sum(k => k.Duration);
        return kernels.GroupBy(k => k.Kind, k => k.Duration / all).OrderByDescending(g => g.Sum()).ToDictionary(g => g.Key, g => g.Sum());
    }
}
