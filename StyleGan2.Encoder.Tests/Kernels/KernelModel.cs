using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Onnx;

namespace StyleGan2.Encoder.Tests.Kernels;

/// <summary>A model that runs one kernel.</summary>
internal static class KernelModel
{
    private const string Output = "output";

    /// <summary>What a kernel makes of some inputs.</summary>
    internal static float[] Run(string operatorName, Kernel kernel, params (float[] Values, long[] Shape)[] inputs)
    {
        TypeProto type = new() { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float32 } };
        NodeProto node = KernelOperators.Node(operatorName, kernel);
        string[] names = [.. inputs.Select((_, i) => $"input{i}")];
        node.Input.AddRange(names);
        node.Output.Add(Output);
        ModelProto model = OnnxModelBuilder.Model(new GraphProto
        {
            Name = "kernel",
            Node = { node },
            Input = { names.Select(n => new ValueInfoProto { Name = n, Type = type }) },
            Output = { new ValueInfoProto { Name = Output, Type = type } },
        });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = KernelOperators.Domain, Version = 1 });

        using SessionOptions options = new();
        KernelOperators.Register(options);
        using InferenceSession session = new(model.ToByteArray(), options);
        KernelOperators.Forget(model);
        OrtValue[] values = [.. inputs.Select(i => OrtValue.CreateTensorValueFromMemory(i.Values, i.Shape))];
        using RunOptions runOptions = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(runOptions, names, values, [Output]);
        Array.ForEach(values, v => v.Dispose());
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
