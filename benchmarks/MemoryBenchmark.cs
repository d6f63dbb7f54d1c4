using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>The most memory that a projection at full width holds, from the start of the process to its picture.</summary>
internal static class MemoryBenchmark
{
    private static readonly int[] s_shown = [1, 2, 5, 10, 20, 50, 100, 200, 500];

    internal static Command Command()
    {
        Option<int> resolution = new("--resolution") { DefaultValueFactory = _ => 256, Description = "Side of the generator's pictures" };
        Option<int> steps = new("--steps") { DefaultValueFactory = _ => 1000, Description = "Steps of the projection" };
        Command command = new(
            "memory", "Takes the steps of a projection (config-f and VGG16 at full width), reads the picture, shows the peak of memory.")
        {
            resolution, steps,
        };
        command.SetAction(parsed => Measure(parsed.GetValue(resolution), parsed.GetValue(steps)));
        return command;
    }

    private static void Measure(int resolution, int steps)
    {
        using TimedProjector projector = new(resolution, new SessionConfig());
        for (int step = 1; step <= steps; step++)
        {
            if (step > 1)
            {
                projector.Step();
            }

            if (step == steps || s_shown.Contains(step))
            {
                Show($"{step} steps");
            }
        }

        projector.Read();
        Show("picture read");
    }

    private static void Show(string what)
    {
        using Process process = Process.GetCurrentProcess();
        string line = string.Create(CultureInfo.InvariantCulture, $"{what,-14} peak {process.PeakWorkingSet64 / 1e6:F0} MB");
        Console.WriteLine(line);
    }
}
