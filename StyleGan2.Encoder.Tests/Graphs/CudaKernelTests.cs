using Dnnlib;
using Dnnlib.TfLib;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Graphs;

public sealed class CudaKernelTests
{
    [Fact]
    public void Every_operator_that_may_be_emitted_has_a_CUDA_kernel_for_floats()
    {
        // Constants become initializers when a model is loaded; logic works on truth values.
        string[] others = ["Constant", "And", "Or", "Not"];
        Assert.Empty(OnnxOperators.Emitted.Except(others).Except(CudaKernels.Types.Where(k => k.Value.Contains(DataType.Float32)).Select(k => k.Key)));
        Assert.Empty(OnnxOperators.Emitted.Except(["Constant"]).Except(CudaKernels.Types.Keys));
    }

    [Theory]
    [InlineData("config-f")]
    [InlineData("config-e-Gorig-Dskip")]
    [InlineData("config-e-Gresnet-Dorig")]
    public void Training_a_generator_on_a_perceptual_distance_needs_only_kernels_that_CUDA_has(string configuration)
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Network network = new(NetworkFile.Load(Golden.Path("networks", configuration, "network.pkl")).Gs);
        EasyDict settings = new() { ["is_training"] = true };
        Tensor images = network.GetOutputFor([tf.random_normal([2, .. network.InputShapes[0].Skip(1)]), tf.zeros([2, .. network.InputShapes[1].Skip(1)])], settings)[0];
        string lpips = Golden.Path("lpips", "lpips.pkl");
        LpipsDistance distance = new(LpipsWeights.Load(lpips), lpips);
        Tensor loss = tf.reduce_sum(distance.Distance((images + 1.0) * 127.5, tf.zeros([2, .. images.Shape.Skip(1)])));
        Optimizer optimizer = new(tf.placeholder(tf.float32, []));
        optimizer.RegisterGradients(loss, [.. network.Trainables.Values]);
        optimizer.ApplyUpdates();
        new ImageConversion(NchwToNhwc: true, Shrink: 2).Apply(images);

        Assert.Contains(graph.Operations, o => o.Type == "ConvTranspose");
        Assert.Empty(graph.Operations.Where(o => OnnxOperators.Emitted.Contains(o.Type) && o.Type != "Constant" && !HasKernel(o)).Select(o => o.ToString()));
    }

    /// <summary>The data of Where come after its condition, those of others first.</summary>
    private static bool HasKernel(Operation operation) =>
        CudaKernels.Types[operation.Type].Contains(operation.Inputs[operation.Type == "Where" ? 1 : 0].DType);
}
