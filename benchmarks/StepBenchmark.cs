using System.CommandLine;
using System.Diagnostics;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A full projector step compared with its convolutions alone.</summary>
internal static class StepBenchmark
{
    private static readonly Option<int> s_resolution = new("--resolution")
    {
        DefaultValueFactory = _ => 256,
        Description = "Side of the generator's pictures",
    };

    private static readonly Option<int> s_rounds = new("--rounds")
    {
        DefaultValueFactory = _ => 5,
        Description = "How often each is timed, in turn",
    };

    private static readonly Option<int> s_threads = new("--threads") { Description = "Threads of an operation; 0: one for each core" };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print one JSON object" };

    internal static Command Command()
    {
        Command command = new(
            "step", "Times one full projector step (config-f and VGG16 at full width) and the step's convolutions alone in ONNX Runtime.")
        {
            s_resolution, s_rounds, s_threads, s_json,
        };
        command.SetAction(parsed =>
        {
            StepFigures figures = Measure(parsed.GetValue(s_resolution), parsed.GetValue(s_rounds), parsed.GetValue(s_threads));
            Console.WriteLine(parsed.GetValue(s_json) ? figures.ToJson() : figures.ToText());
        });
        return command;
    }

    private static StepFigures Measure(int resolution, int rounds, int threads)
    {
        SessionConfig config = new() { IntraOpParallelismThreads = threads };

        // Start and memory are those of a program that only projects: they are taken before anything else is made.
        using TimedProjector projector = new(resolution, config);
        using Process process = Process.GetCurrentProcess();
        double start = (DateTime.Now - process.StartTime).TotalSeconds;
        projector.Read();
        process.Refresh();
        double peak = process.PeakWorkingSet64 / 1e6;

        SessionConfig onnxRuntime = config with { Kernels = "onnxruntime" };
        using TimedProjector plain = new(resolution, onnxRuntime);
        using ConvolutionsAlone convolutions = new(projector.StepOperation, onnxRuntime);
        Contestant step = new("step", projector.Step), plainStep = new("step", plain.Step), alone = new("convolutions", convolutions.Run);
        Contestant.Compete(rounds, step, plainStep, alone);
        return new StepFigures
        {
            StepSeconds = step.Least,
            OnnxRuntimeStepSeconds = plainStep.Least,
            ConvolutionsSeconds = alone.Least,
            Ratio = step.Least / alone.Least,
            PeakMb = peak,
            StartSeconds = start,
            Gigaflop = convolutions.Gigaflop,
            Shares = OperatorShares.OfStep(config, resolution),
        };
    }
}
