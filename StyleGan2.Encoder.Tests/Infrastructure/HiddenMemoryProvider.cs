using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Runtime.Providers;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>
/// Stands for a GPU where there is none: keeps tensors as <see cref="CudaProvider"/> does, out of the host's sight, and counts what is
/// copied there and back.
/// </summary>
internal sealed class HiddenMemoryProvider : ExecutionProvider
{
    private readonly TensorTransfer _transfer;

    internal HiddenMemoryProvider()
        : base(threads: 0) => _transfer = new TensorTransfer(this);

    /// <summary>How many tensors were copied from the host.</summary>
    internal int CopiedIn { get; private set; }

    /// <summary>How many tensors were copied to the host.</summary>
    internal int CopiedOut { get; private set; }

    /// <summary>How many models were compiled.</summary>
    internal int Compiled { get; private set; }

    internal override OrtMemoryInfo Memory => OrtMemoryInfo.DefaultInstance;

    internal override DeviceTensor Copy(NDArray array)
    {
        CopiedIn++;
        return new HiddenTensor(this, _transfer.ToDevice(array));
    }

    internal override DeviceTensor Keep(OrtValue output) => new HiddenTensor(this, _transfer.Keep(output));

    public override void Dispose() => _transfer.Dispose();

    protected override void Configure(SessionOptions options) => Compiled++;

    private sealed class HiddenTensor(HiddenMemoryProvider provider, DeviceTensor tensor) : DeviceTensor
    {
        internal override void BindTo(OrtIoBinding binding, string input) => tensor.BindTo(binding, input);

        internal override NDArray ToArray()
        {
            provider.CopiedOut++;
            return tensor.ToArray();
        }

        public override void Dispose() => tensor.Dispose();
    }
}
