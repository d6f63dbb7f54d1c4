using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Models that are saved.</summary>
public abstract class SessionExportTests : SessionTests
{
    private protected SessionExportTests(ExecutionProvider provider)
        : base(provider)
    {
    }

    [Fact]
    public void A_saved_model_stands_on_its_own()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.onnx");
        Variable v = tf.Variable(tf.ones([2]));
        Session.Load(v, np.array(new[] { 2f, 3f }));
        Tensor x = tf.placeholder(tf.float32, [2]);
        try
        {
            Session.Export(path, [("product", x * v)], [("factor", x)]);
            using Microsoft.ML.OnnxRuntime.InferenceSession model = new(path);
            using Microsoft.ML.OnnxRuntime.OrtValue factor = Microsoft.ML.OnnxRuntime.OrtValue.CreateTensorValueFromMemory(
                new[] { 5f, 7f }, [2]);
            using Microsoft.ML.OnnxRuntime.RunOptions options = new();
            using var outputs = model.Run(options, ["factor"], [factor], ["product"]);
            Assert.Equal([10f, 21f], outputs[0].GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    public sealed class OnCpu() : SessionExportTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionExportTests(new HiddenMemoryProvider());
}
