using System.CommandLine;
using System.Globalization;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Convolutions by the kernels in C# compared with ONNX Runtime's, one a line.</summary>
internal static class KernelsBenchmark
{
    /// <summary>How many values are computed in double precision.</summary>
    private const int Samples = 500;

    private static readonly (int Channels, int Outputs, int Side)[] s_plain =
    [
        (512, 512, 16), (512, 512, 32), (512, 512, 64), (256, 512, 32), (256, 256, 64), (256, 256, 128), (128, 128, 128), (128, 128, 256),
        (64, 128, 128), (64, 64, 256), (64, 64, 512), (32, 32, 1024),
    ];

    private static readonly (int Channels, int Outputs, int Side)[] s_upsampling =
        [(512, 512, 16), (512, 512, 32), (512, 256, 64), (256, 128, 128), (128, 64, 256), (64, 32, 512), (64, 64, 64), (32, 32, 128)];

    private static readonly (ConvolutionKind Kind, (int Channels, int Outputs, int Side)[] Sizes)[] s_kinds =
        [(new PlainConvolution(), s_plain), (new UpsamplingConvolution(), s_upsampling), (new UpsamplingGradient(), s_upsampling)];

    internal static Command Command()
    {
        Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 9, Description = "How often each is timed, in turn" };
        Option<int> threads = new("--threads") { Description = "Threads of an operation; 0: one for each core" };
        Command command = new("kernels", "Times convolutions by the kernels in C# and by ONNX Runtime.") { rounds, threads };
        command.SetAction(parsed =>
        {
            Console.WriteLine(
                "| convolution | channels | outputs | side | ONNX Runtime, ms | C#, ms | ratio | error | ONNX Runtime's error |");
            Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
            foreach ((ConvolutionKind kind, (int Channels, int Outputs, int Side)[] sizes) in s_kinds)
            {
                foreach ((int channels, int outputs, int side) in sizes)
                {
                    ConvolutionSize size = new(channels, outputs, side);
                    Console.WriteLine(Row(kind, size, parsed.GetValue(rounds), parsed.GetValue(threads)));
                }
            }
        });
        return command;
    }

    private static string Row(ConvolutionKind kind, ConvolutionSize size, int rounds, int threads)
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        RandomState random = new(1);
        NDArray weights = RandomModels.Normal(random, 1, 3, 3, size.Channels, size.Outputs);
        NDArray inputs = RandomModels.Normal(random, 1, kind.InputShape(size));
        Tensor input = tf.placeholder(tf.float32, kind.InputShape(size));
        Variable results = tf.Variable(tf.zeros(kind.ResultShape(size)));
        Operation convolution = tf.assign(results, kind.Build(input, tf.constant(weights))).Operation;

        FeedDict feeds = new() { [input] = inputs };
        using Session own = Open("csharp"), other = Open("onnxruntime");
        Contestant ours = new("csharp", () => own.Run(convolution, feeds));
        Contestant theirs = new("onnxruntime", () => other.Run(convolution, feeds));
        Contestant.Compete(rounds, ours, theirs);
        float[] pixels = [.. inputs.Values<float>()], filters = [.. weights.Values<float>()];
        Func<int, int, int, double> expected =
            (channel, row, column) => kind.ValueAt(pixels, filters, size, channel, row, column);
        double error = Error(own.Value(results), expected), otherError = Error(other.Value(results), expected);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {kind.Name} | {size.Channels} | {size.Outputs} | {size.Side} | {Milliseconds(theirs):F1} | {Milliseconds(ours):F1} "
            + $"| {Milliseconds(ours) / Milliseconds(theirs):F2} | {error:E1} | {otherError:E1} |");

        Session Open(string kernels)
        {
            Session session = new(graph, new SessionConfig { Kernels = kernels, IntraOpParallelismThreads = threads });
            session.Run(results.Initializer);
            return session;
        }
    }

    /// <summary>The least processor time, which other work on the machine changes less than the time on the clock.</summary>
    private static double Milliseconds(Contestant contestant) => contestant.Costs.Min(c => c.Cpu) * 1e3;

    /// <summary>The largest error of some values, as a part of the largest value.</summary>
    private static double Error(NDArray found, Func<int, int, int, double> expected)
    {
        float[] values = [.. found.Values<float>()];
        int side = (int)found.shape[3];
        System.Random places = new(1);
        double error = 0;
        for (int i = 0; i < Samples; i++)
        {
            int place = places.Next(values.Length);
            error = Math.Max(error, Math.Abs(values[place] - expected(place / (side * side), place / side % side, place % side)));
        }

        return error / values.Max(Math.Abs);
    }
}
