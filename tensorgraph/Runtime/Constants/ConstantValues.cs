using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Constants;

/// <summary>What is constant in a model: its initializers and what is computed of nothing else.</summary>
internal sealed class ConstantValues
{
    /// <summary>Bytes that values computed together are made of.</summary>
    private const long FewBytes = 16 << 20;

    private readonly Dictionary<string, TensorProto> _initializers;
    private readonly Dictionary<string, NodeProto> _makers = [];
    private readonly LargeConstants _large;

    internal ConstantValues(OnnxModel model)
    {
        GraphProto graph = model.Proto.Graph;
        _large = model.Constants;
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

    /// <summary>Whether a value is constant and computed by nodes.</summary>
    internal bool IsComputed(string name) => _makers.ContainsKey(name);

    /// <summary>The node that computes a constant value; null if the value is none or an initializer.</summary>
    internal NodeProto? MakerOf(string name) => _makers.GetValueOrDefault(name);

    /// <summary>The one float of an initializer; null if the value is none or has several.</summary>
    internal float? Scalar(string name) =>
        Initializer(name, DataType.Float32) is { Length: sizeof(float) } data ? BinaryPrimitives.ReadSingleLittleEndian(data.Span) : null;

    /// <summary>The whole numbers of an initializer; null if the value is none or large.</summary>
    internal long[]? Integers(string name) =>
        Initializer(name, DataType.Int64) is { } data ? [.. MemoryMarshal.Cast<byte, long>(data.Span)] : null;

    /// <summary>What a function makes of the floats of a constant value.</summary>
    internal T Convert<T>(string name, Func<ReadOnlySpan<float>, T> function)
    {
        ConstantModel model = NewModel();
        model.Add(name);
        using OrtValue value = model.Run().Single().Value;
        return function(value.GetTensorDataAsSpan<float>());
    }

    /// <summary>Constant values, computed a few at a time, so that little memory is needed for what they are made of.</summary>
    internal IEnumerable<(string Name, OrtValue Value)> Compute(IEnumerable<string> names)
    {
        ConstantModel model = NewModel();
        foreach (string name in names)
        {
            model.Add(name);
            if (model.SourceSize > FewBytes)
            {
                foreach (var computed in model.Run())
                {
                    yield return computed;
                }

                model = NewModel();
            }
        }

        foreach (var computed in model.Run())
        {
            yield return computed;
        }
    }

    private ConstantModel NewModel() => new(_initializers, _makers, _large);

    private ByteString? Initializer(string name, DataType type) =>
        _initializers.TryGetValue(name, out TensorProto? value) && value.DataType == (int)type && _large.MemoryOf(value) is null
            ? value.RawData
            : null;
}
