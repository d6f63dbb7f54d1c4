using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Kernels.Selection;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Providers;

/// <summary>Runs models on the processor and keeps tensors in host memory.</summary>
internal sealed class CpuProvider(int threads, bool usesOwnKernels = true) : ExecutionProvider(threads)
{
    internal override OrtMemoryInfo Memory => OrtMemoryInfo.DefaultInstance;

    protected override bool ReadsHostMemory => true;

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

    protected override void Optimize(OnnxModel model)
    {
        if (usesOwnKernels)
        {
            KernelSelection.Apply(model);
        }

        ConstantFolding.Apply(model);
    }

    private sealed class HostTensor(OrtValue value) : DeviceTensor
    {
        private bool _isLent;

        internal override void BindTo(OrtIoBinding binding, string input) => binding.BindInput(input, value);

        internal override NDArray ToArray() => HostTensors.ToArray(value);

        internal override HostMemory Lend()
        {
            _isLent = true;
            return HostMemory.Of(value);
        }

        public override void Dispose()
        {
            // What is lent is freed by the garbage collector, when nobody has it any more.
            if (!_isLent)
            {
                value.Dispose();
            }
        }
    }
}
