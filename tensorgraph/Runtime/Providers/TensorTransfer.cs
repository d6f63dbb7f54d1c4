using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Providers;

/// <summary>Copies tensors between host memory and a provider's.</summary>
/// <remarks>Models that pass their input on do it: where the input lies and where the output is bound says what is copied.</remarks>
internal sealed class TensorTransfer(ExecutionProvider provider) : IDisposable
{
    private const string Input = "input", Output = "output";

    private readonly ConcurrentDictionary<DataType, Lazy<InferenceSession>> _models = [];
    private readonly RunOptions _options = new();

    /// <summary>A tensor in the provider's memory with a copy of an array's elements.</summary>
    internal DeviceTensor ToDevice(NDArray array)
    {
        DataType dtype = DataTypes.Of(array.dtype);
        using OrtValue shared = HostTensors.Share(array);
        OrtValue copy = Run(dtype, shared, provider.Memory);
        GC.KeepAlive(array);
        return new TransferredTensor(this, dtype, copy);
    }

    /// <summary>Takes over a tensor in the provider's memory.</summary>
    internal DeviceTensor Keep(OrtValue value) =>
        new TransferredTensor(this, (DataType)(int)value.GetTensorTypeAndShape().ElementDataType, value);

    public void Dispose()
    {
        foreach (Lazy<InferenceSession> model in _models.Values.Where(m => m.IsValueCreated))
        {
            model.Value.Dispose();
        }

        _options.Dispose();
    }

    private NDArray ToHost(DataType dtype, OrtValue value)
    {
        using OrtValue copy = Run(dtype, value, OrtMemoryInfo.DefaultInstance);
        return HostTensors.ToArray(copy);
    }

    private OrtValue Run(DataType dtype, OrtValue input, OrtMemoryInfo memory)
    {
        InferenceSession model = _models.GetOrAdd(dtype, t => new Lazy<InferenceSession>(() => Compiled(t))).Value;
        using OrtIoBinding binding = model.CreateIoBinding();
        binding.BindInput(Input, input);
        binding.BindOutputToDevice(Output, memory);
        binding.SynchronizeBoundInputs();
        model.RunWithBinding(_options, binding);
        binding.SynchronizeBoundOutputs();
        return binding.GetOutputValues().Single();
    }

    private InferenceSession Compiled(DataType dtype) =>
        provider.Compile(new OnnxModel(Identity(dtype), new Dictionary<string, TensorShape>(), new LargeConstants()));

    private static ModelProto Identity(DataType dtype)
    {
        TypeProto type = new() { TensorType = new TypeProto.Types.Tensor { ElemType = (int)dtype } };
        return OnnxModelBuilder.Model(new GraphProto
        {
            Name = "transfer",
            Input = { new ValueInfoProto { Name = Input, Type = type } },
            Output = { new ValueInfoProto { Name = Output, Type = type } },
            Node = { new NodeProto { Name = "identity", OpType = "Identity", Input = { Input }, Output = { Output } } },
        });
    }

    private sealed class TransferredTensor(TensorTransfer transfer, DataType dtype, OrtValue value) : DeviceTensor
    {
        internal override void BindTo(OrtIoBinding binding, string input) => binding.BindInput(input, value);

        internal override NDArray ToArray() => transfer.ToHost(dtype, value);

        public override void Dispose() => value.Dispose();
    }
}
