using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Kernels.Selection;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Providers;

/// <summary>Runs models on the processor and keeps tensors in host memory.</summary>
internal sealed class CpuProvider(int threads, bool usesOwnKernels = true) : ExecutionProvider(threads)
{
    internal override OrtMemoryInfo Memory => OrtMemoryInfo.DefaultInstance;

    internal override DeviceTensor Copy(NDArray array) => new HostTensor(HostTensors.Copy(array));

    internal override DeviceTensor Keep(OrtValue output) => new HostTensor(output);

    public override void Dispose()
    {
    }

    protected override void Configure(SessionOptions options)
    {
        SharedMemory.Use(options);
        if (usesOwnKernels)
        {
            KernelOperators.Register(options);
        }
    }

    protected override void Optimize(ModelProto model, IReadOnlyDictionary<string, TensorShape> shapes)
    {
        if (usesOwnKernels)
        {
            KernelSelection.Apply(model, shapes);
        }
    }

    private sealed class HostTensor(OrtValue value) : DeviceTensor
    {
        internal override void BindTo(OrtIoBinding binding, string input) => binding.BindInput(input, value);

        internal override NDArray ToArray() => HostTensors.ToArray(value);

        public override void Dispose() => value.Dispose();
    }
}
