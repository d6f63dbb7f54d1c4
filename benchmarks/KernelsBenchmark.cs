using System.CommandLine;
using System.Globalization;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Convolutions by the kernels in C# compared with ONNX Runtime's, one shape a line.</summary>
internal static class KernelsBenchmark
{
    private static readonly (int Channels, int Outputs, int Side)[] s_shapes =
    [
        (512, 512, 16), (512, 512, 32), (512, 512, 64), (256, 512, 32), (256, 256, 64), (256, 256, 128), (128, 128, 128), (128, 128, 256),
        (64, 128, 128), (64, 64, 256), (64, 64, 512), (32, 32, 1024),
    ];

    internal static Command Command()
    {
        Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 9, Description = "How often each is timed, in turn" };
        Option<int> threads = new("--threads") { Description = "Threads of an operation; 0: one for each core" };
        Command command = new("kernels", "Times 3x3 convolutions by the kernels in C# and by ONNX Runtime.") { rounds, threads };
        command.SetAction(parsed =>
        {
            Console.WriteLine("| channels | outputs | side | ONNX Runtime, ms | C#, ms | ratio | error, of the largest value |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
            foreach ((int channels, int outputs, int side) in s_shapes)
            {
                Console.WriteLine(Row(channels, outputs, side, parsed.GetValue(rounds), parsed.GetValue(threads)));
            }
        });
        return command;
    }

    private static string Row(int channels, int outputs, int side, int rounds, int threads)
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        RandomState random = new(1);
        Tensor weights = tf.constant(RandomModels.Normal(random, 1, 3, 3, channels, outputs));
        Tensor images = tf.placeholder(tf.float32, [1, channels, side, side]);
        FeedDict feeds = new() { [images] = RandomModels.Normal(random, 1, 1, channels, side, side) };
        Variable results = tf.Variable(tf.zeros([1, outputs, side, side]));
        Operation convolution = tf.assign(results, tf.nn.conv2d(images, weights, [1, 1, 1, 1], "SAME", "NCHW")).Operation;

        using Session own = Open("csharp"), other = Open("onnxruntime");
        Contestant ours = new("csharp", () => own.Run(convolution, feeds));
        Contestant theirs = new("onnxruntime", () => other.Run(convolution, feeds));
        Contestant.Compete(rounds, ours, theirs);
        float[] expected = [.. other.Value(results).Values<float>()], found = [.. own.Value(results).Values<float>()];
        double error = expected.Zip(found, (e, f) => Math.Abs(e - f)).Max() / expected.Max(Math.Abs);
        string times = string.Create(
            CultureInfo.InvariantCulture, $"{theirs.Least * 1e3:F1} | {ours.Least * 1e3:F1} | {ours.Least / theirs.Least:F2} | {error:E1}");
        return $"| {channels} | {outputs} | {side} | {times} |";

        Session Open(string kernels)
        {
            Session session = new(graph, new SessionConfig { Kernels = kernels, IntraOpParallelismThreads = threads });
            session.Run(results.Initializer);
            return session;
        }
    }
}
