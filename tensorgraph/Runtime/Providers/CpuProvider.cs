using Microsoft.ML.OnnxRuntime;
using NumSharp;

namespace TensorGraph.Runtime.Providers;

/// <summary>Runs models on the processor and keeps tensors in host memory.</summary>
internal sealed class CpuProvider(int threads) : ExecutionProvider(threads)
{
    internal override OrtMemoryInfo Memory => OrtMemoryInfo.DefaultInstance;

    internal override DeviceTensor Copy(NDArray array) => new HostTensor(HostTensors.Copy(array));

    internal override DeviceTensor Keep(OrtValue output) => new HostTensor(output);

    public override void Dispose()
    {
    }

    protected override void Configure(SessionOptions options)
    {
    }

    private sealed class HostTensor(OrtValue value) : DeviceTensor
    {
        internal override void BindTo(OrtIoBinding binding, string input) => binding.BindInput(input, value);

        internal override NDArray ToArray() => HostTensors.ToArray(value);

        public override void Dispose() => value.Dispose();
    }
}
