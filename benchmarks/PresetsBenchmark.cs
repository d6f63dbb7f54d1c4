using System.CommandLine;
using System.Diagnostics;
using Dnnlib.TfLib;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using StyleGan2.Encoder.Projection;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>The distance that each preset reaches over steps and time, on average over some pictures.</summary>
internal static class PresetsBenchmark
{
    private const int Seed = 7, Rows = 8;

    internal static Command Command()
    {
        Argument<string> folder = new("pictures")
        {
            DefaultValueFactory = _ => "samples/portraits",
            Description = "Folder of the pictures",
        };
        Option<int> generated = new("--generated") { Description = "Project this many pictures of the network's own instead" };
        Option<string?> network = new("--network-pkl") { Description = "Network file [default: the bundled network]" };
        Option<string?> vgg16 = new("--vgg16-pkl") { Description = "LPIPS weights [default: the pyramid distance]" };
        Option<string[]> presets = new("--presets")
        {
            DefaultValueFactory = _ => [.. ProjectionPreset.Names],
            AllowMultipleArgumentsPerToken = true,
        };
        Command command = new("presets", "Projects pictures with each preset and prints the mean distance over steps and time.")
        {
            folder, generated, network, vgg16, presets,
        };
        command.SetAction(parsed =>
        {
            double? first = null;
            foreach (string preset in parsed.GetRequiredValue(presets))
            {
                using ProjectionSession session = new(
                    parsed.GetValue(network), parsed.GetValue(vgg16), ProjectionPreset.Of(preset), new TfConfig());
                NDArray[] targets = parsed.GetValue(generated) is > 0 and int count
                    ? Generated(session.Network, count)
                    : [.. Directory.GetFiles(parsed.GetRequiredValue(folder)).Order(StringComparer.Ordinal).Select(Target)];
                first = Print(preset, [.. targets.Select(t => Project(session.Projector, t))], first);
            }
        });
        return command;
    }

    /// <summary>Prints the mean course.</summary>
    /// <returns>The first preset's distance at the end.</returns>
    private static double Print(string preset, Course[] courses, double? first)
    {
        int steps = courses[0].Distances.Length;
        Console.WriteLine($"{preset}, mean of {courses.Length} pictures");
        foreach (int step in Enumerable.Range(0, Rows).Select(i => steps >> i).Where(s => s > 0).Reverse())
        {
            double distance = courses.Average(c => c.Distances[step - 1]), seconds = courses.Average(c => c.Seconds[step - 1]);
            Console.WriteLine($"  after {step,5} steps, {seconds,7:F2} s: distance {distance:G4}");
        }

        double last = courses.Average(c => c.Distances[^1]);
        Console.WriteLine(
            $"  at the end {last / (first ?? last):F2} of the first preset's distance, "
            + $"mean absolute error {courses.Average(c => c.Error):F2} of 255");
        return first ?? last;
    }

    private static Course Project(Projector projector, NDArray target)
    {
        List<double> distances = [], seconds = [];
        projector.Start(target);
        long start = Stopwatch.GetTimestamp();
        projector.TakeSteps(
            step =>
            {
                distances.Add(step.Distance);
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            },
            CancellationToken.None);
        IEnumerable<float> found = projector.GetImages().Values<float>().Select(v => Math.Clamp(v, -1, 1));
        double error = found.Zip(target.Values<float>(), (a, b) => Math.Abs(a - b)).Average();
        return new Course([.. distances], [.. seconds], error * 127.5);
    }

    private static NDArray Target(string file)
    {
        using Picture picture = ImageDecoder.Decode(file);
        NDArray levels = picture.Pixels.ToNDArray(1, picture.Channels, picture.Height, picture.Width);
        return Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1));
    }

    private static NDArray[] Generated(Network network, int count)
    {
        NDArray latents = new RandomState(Seed).Randn(count, network.InputShapes[0][1]);
        float[] images = network.Run([latents, null], new NetworkRunOptions { MinibatchSize = 1 })[0].Values<float>();
        long[] shape = [1, .. network.OutputShapes[0].Skip(1).Select(d => (long)d)];
        return [.. images.Select(v => Math.Clamp(v, -1, 1)).Chunk(images.Length / count).Select(image => image.ToNDArray(shape))];
    }

    private sealed record Course(double[] Distances, double[] Seconds, double Error);
}
