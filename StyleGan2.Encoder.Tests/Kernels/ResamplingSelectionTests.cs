using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Operations;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed partial class ResamplingSelectionTests : IDisposable
{
    private const int Channels = 32, Outputs = 100, Height = 72, Width = 32;
    private const double Bound = 1e-5;

    private static readonly float[] s_filter = [1, 3, 3, 1];

    private readonly Graph _graph = new();
    private readonly IDisposable _asDefault;
    private readonly Tensor _images;
    private readonly Tensor _enlarged;
    private readonly Tensor _gradient;

    public ResamplingSelectionTests()
    {
        _asDefault = _graph.AsDefault();
        _images = tf.placeholder(tf.float32, [1, Channels, Height, Width]);
        _enlarged = UpFirDn2D.UpsampleConv(_images, tf.constant(Values(1, 3, 3, Channels, Outputs)), s_filter);
        _gradient = tf.gradients(tf.reduce_sum(tf.square(_enlarged)), [_images])[0]!;
    }

    public void Dispose()
    {
        _asDefault.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void An_upsampling_convolution_and_its_gradient_run_as_a_kernel_each_where_the_processor_has_vectors() =>
        Assert.Equal(
            Vector256.IsHardwareAccelerated ? ["DownsampledConv", "UpsampledConv"] : ["Conv", "ConvTranspose"], OperatorsOf(_gradient));

    [Fact]
    public void Kernels_give_the_same_as_onnx_runtime()
    {
        NDArray[] expected = Run([_enlarged, _gradient], "onnxruntime"), found = Run([_enlarged, _gradient], "csharp");
        Golden.AssertWithin(Bound, expected[0], found[0], _enlarged.Name);
        Golden.AssertWithin(Bound, expected[1], found[1], _gradient.Name);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Results_do_not_depend_on_the_number_of_threads(int threads)
    {
        NDArray[] one = Run([_enlarged, _gradient], "csharp", threads: 1), several = Run([_enlarged, _gradient], "csharp", threads);
        Assert.Equal(one[0].Values<float>(), several[0].Values<float>());
        Assert.Equal(one[1].Values<float>(), several[1].Values<float>());
    }

    [Fact]
    public void A_convolution_whose_result_others_read_is_onnx_runtimes() =>
        Assert.Equal(["Conv", "ConvTranspose"], OperatorsOf(_enlarged, _enlarged.Operation.Inputs[0]));

    [Fact]
    public void A_filter_that_is_no_product_of_a_column_and_a_row_is_onnx_runtimes()
    {
        Tensor filter = tf.constant(Values(3, Outputs, 1, 4, 4));
        ConvolutionWindow window = new(Top: 1, Left: 1, Bottom: 1, Right: 1);
        Assert.Equal(["Conv", "ConvTranspose"], OperatorsOf(Convolutions.Conv(_enlarged.Operation.Inputs[0], filter, window, Outputs)));
    }

    [GeneratedRegex("\"op_name\" ?: ?\"(\\w+)\"")]
    private static partial Regex OperatorName { get; }

    private static NDArray Values(uint seed, params int[] shape) => new RandomState(seed).Randn(shape).astype(typeof(float));

    private NDArray[] Run(Tensor[] fetches, string kernels, int threads = 0, string? profile = null)
    {
        SessionConfig config = new() { Kernels = kernels, IntraOpParallelismThreads = threads, ProfilePrefix = profile };
        using Session session = new(_graph, config);
        FeedDict feeds = new() { [_images] = Values(2, 1, Channels, Height, Width) };
        return session.Run([.. fetches.Select(f => (Fetch)f)], feeds);
    }

    /// <summary>The convolutions that compute some tensors.</summary>
    private string[] OperatorsOf(params Tensor[] fetches)
    {
        using TemporaryFolder folder = new();
        Run(fetches, "csharp", profile: Path.Combine(folder.Path, "profile"));
        string profile = File.ReadAllText(Directory.GetFiles(folder.Path).Single());
        IEnumerable<string> names = OperatorName.Matches(profile).Select(m => m.Groups[1].Value);
        return [.. names.Where(n => n.Contains("Conv", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
    }
}
