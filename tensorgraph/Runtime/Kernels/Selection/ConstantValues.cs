using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>What is constant in a model: its initializers and what is computed of nothing else.</summary>
internal sealed class ConstantValues
{
    private readonly Dictionary<string, TensorProto> _initializers;
    private readonly Dictionary<string, NodeProto> _makers = [];

    internal ConstantValues(GraphProto graph)
    {
        _initializers = graph.Initializer.ToDictionary(i => i.Name);
        foreach (NodeProto node in graph.Node.Where(n => n.Input.Count > 0 && n.Input.All(IsConstant)))
        {
            foreach (string output in node.Output)
            {
                _makers.Add(output, node);
            }
        }
    }

    /// <summary>Whether a value is constant.</summary>
    internal bool IsConstant(string name) => name.Length == 0 || _initializers.ContainsKey(name) || _makers.ContainsKey(name);

    /// <summary>The one float of an initializer; null if the value is none or has several.</summary>
    internal float? Scalar(string name) =>
        Initializer(name, DataType.Float32) is { Length: sizeof(float) } data ? BinaryPrimitives.ReadSingleLittleEndian(data) : null;

    /// <summary>The whole numbers of an initializer; null if the value is none.</summary>
    internal long[]? Integers(string name) =>
        Initializer(name, DataType.Int64) is { } data ? [.. MemoryMarshal.Cast<byte, long>(data)] : null;

    /// <summary>The floats of a constant value.</summary>
    internal float[] Floats(string name)
    {
        GraphProto graph = new() { Name = "constant" };
        Add(name, graph, []);
        const string Output = "value";
        graph.Node.Add(new NodeProto { OpType = "Identity", Input = { name }, Output = { Output } });
        graph.Output.Add(new ValueInfoProto
        {
            Name = Output,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float32 } },
        });
        using InferenceSession session = new(OnnxModelBuilder.Model(graph).ToByteArray());
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> values = session.Run(options, [], [], [Output]);
        return values[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private byte[]? Initializer(string name, DataType type) =>
        _initializers.TryGetValue(name, out TensorProto? value) && value.DataType == (int)type ? value.RawData.ToByteArray() : null;

    private void Add(string name, GraphProto graph, HashSet<string> added)
    {
        if (name.Length == 0 || !added.Add(name))
        {
            return;
        }

        if (_initializers.TryGetValue(name, out TensorProto? initializer))
        {
            graph.Initializer.Add(initializer);
            return;
        }

        NodeProto maker = _makers[name];
        foreach (string input in maker.Input)
        {
            Add(input, graph, added);
        }

        added.UnionWith(maker.Output);
        graph.Node.Add(maker);
    }
}
