using System.CommandLine;
using System.Diagnostics;
using Dnnlib.TfLib;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A full projector step beside its convolutions alone.</summary>
internal static class ProjectorStepBenchmark
{
    internal static Command Command()
    {
        Option<int> resolution = new("--resolution") { DefaultValueFactory = _ => 256, Description = "Side of the generator's pictures" };
        Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 9, Description = "How often each is timed, in turn" };
        Command command = new(
            "projector-step", "Times one full projector step (config-f and VGG16 at full width) and the step's convolutions alone.")
        {
            resolution, rounds,
        };
        command.SetAction(parsed => Run(parsed.GetValue(resolution), parsed.GetValue(rounds)));
        return command;
    }

    private static void Run(int resolution, int rounds)
    {
        using Graph graph = new();
        using Session session = new(graph);
        Network network = RandomModels.Generator(session, resolution);
        LpipsDistance distance = new(RandomModels.Lpips(), "random values");
        Projector projector = new(network, distance, new ProjectorOptions { DlatentAvgSamples = 100 });
        projector.Start(RandomModels.Normal(new RandomState(3), 0.5, 1, 3, resolution, resolution));
        projector.Step();
        using ConvolutionsAlone convolutions = new(projector.Graph.Step);

        List<double> steps = [], alone = [];
        for (int i = 0; i < rounds; i++)
        {
            steps.Add(Seconds(() => projector.Step()));
            alone.Add(Seconds(convolutions.Run));
        }

        Console.WriteLine($"step {Median(steps):F3} s, its {convolutions.Count} convolutions alone {Median(alone):F3} s");
        double ratio = Median([.. steps.Zip(alone, (s, a) => s / a)]);
        Console.WriteLine($"ratio {ratio:F3} (median of {rounds} pairs; smallest step over smallest alone {steps.Min() / alone.Min():F3})");
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
