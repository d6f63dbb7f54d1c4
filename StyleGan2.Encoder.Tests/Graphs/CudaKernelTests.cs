using Dnnlib;
using Dnnlib.TfLib;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Tests.Architecture;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Graphs;

public sealed class CudaKernelTests
{
    /// <summary>Constants become initializers when a model is loaded, so that no kernel computes them.</summary>
    private const string Constant = "Constant";

    public static TheoryData<string> Emitted => [.. OnnxOperators.Emitted.Except([Constant]).Order()];

    [Theory]
    [MemberData(nameof(Emitted))]
    public void The_CUDA_provider_has_a_kernel_class_for_every_operator_that_may_be_emitted(string type) =>
        Assert.NotEmpty(CudaKernelClasses.Of(type));

    [Theory]
    [MemberData(nameof(Emitted))]
    public void Element_types_that_the_table_gives_an_operator_have_a_kernel_class_in_the_CUDA_provider(string type) =>
        Assert.Empty(CudaKernels.Types[type].Except(CudaKernelClasses.TypesOf(type) ?? CudaKernels.Types[type].ToHashSet()));

    [Theory]
    [MemberData(nameof(Emitted))]
    public void Every_operator_works_on_floats_or_on_truth_values(string type) =>
        Assert.Contains(type is "And" or "Or" or "Not" ? DataType.Bool : DataType.Float32, CudaKernels.Types[type]);

    [Fact]
    public void The_list_of_kernel_classes_is_that_of_the_package_that_is_built_with() =>
        Assert.Contains(
            ("Microsoft.ML.OnnxRuntime.Gpu", CudaKernelClasses.Version),
            SourceTree.Project("Directory.Packages.props").Descendants("PackageVersion")
                .Select(p => (p.Attribute("Include")!.Value, p.Attribute("Version")!.Value)));

    [Theory]
    [InlineData("config-f")]
    [InlineData("config-e-Gorig-Dskip")]
    [InlineData("config-e-Gresnet-Dorig")]
    public void Training_a_generator_on_a_perceptual_distance_needs_only_kernels_that_CUDA_has(string configuration)
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Network network = new(session, NetworkFile.Load(Golden.Path("networks", configuration, "network.pkl")).Gs);
        EasyDict settings = new() { ["is_training"] = true };
        Tensor latents = tf.random_normal([2, .. network.InputShapes[0].Skip(1)]);
        Tensor labels = tf.zeros([2, .. network.InputShapes[1].Skip(1)]);
        Tensor images = network.GetOutputFor([latents, labels], settings)[0];
        string lpips = Golden.Path("lpips", "lpips.pkl");
        LpipsDistance distance = new(LpipsWeights.Load(lpips), lpips);
        Tensor loss = tf.reduce_sum(distance.Distance((images + 1.0) * 127.5, tf.zeros([2, .. images.Shape.Skip(1)])));
        Optimizer optimizer = new(tf.placeholder(tf.float32, []));
        optimizer.RegisterGradients(loss, [.. network.Trainables.Values]);
        optimizer.ApplyUpdates();
        new ImageConversion(NchwToNhwc: true, Shrink: 2).Apply(images);

        Assert.Contains(graph.Operations, o => o.Type == "ConvTranspose");
        Assert.Empty(
            graph.Operations.Where(o => OnnxOperators.Emitted.Contains(o.Type) && o.Type != Constant && !HasKernel(o)).Select(
                o => o.ToString()));
    }

    /// <summary>The data of Where come after its condition, those of others first.</summary>
    private static bool HasKernel(Operation operation) =>
        CudaKernels.Types[operation.Type].Contains(operation.Inputs[operation.Type == "Where" ? 1 : 0].DType);
}
