using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Adds ONNX operations to the default graph, with their shapes worked out and checked.</summary>
internal static class Emit
{
    internal static Tensor Node(
        string type, IReadOnlyList<Tensor> inputs, DataType dtype, TensorShape shape, string? name = null, Dictionary<string, object>? attributes = null)
    {
        OnnxOperators.Check(type);
        Graph graph = inputs.Count > 0 ? inputs[0].Graph : Graph.Default;
        return graph.CreateOperation(new OperationDefinition(type, inputs, [(dtype, shape)], attributes), name).Output;
    }

    internal static Tensor Unary(string type, Tensor x, string? name = null, Dictionary<string, object>? attributes = null) =>
        Node(type, [x], x.DType, x.Shape, name, attributes);

    internal static Tensor Binary(string type, Tensor a, Tensor b, string? name = null) =>
        Node(type, [a, b], a.DType, BroadcastShape(type, a, b), name);

    internal static Tensor Compare(string type, Tensor a, Tensor b, string? name = null) =>
        Node(type, [a, b], DataType.Bool, BroadcastShape(type, a, b), name);

    /// <summary>Element types must agree and shapes broadcast; otherwise the error names the operation and both shapes.</summary>
    internal static TensorShape BroadcastShape(string type, Tensor a, Tensor b)
    {
        if (a.DType != b.DType)
        {
            throw new ArgumentException($"{type}: {a.Name} is {a.DType} and {b.Name} is {b.DType}; cast one");
        }

        return TensorShape.Broadcast(a.Shape, b.Shape)
            ?? throw new ArgumentException($"{type}: shapes {a.Shape} of {a.Name} and {b.Shape} of {b.Name} do not broadcast");
    }

    internal static int Axis(int axis, int rank, string type) =>
        axis >= -rank && axis < rank
            ? (axis < 0 ? axis + rank : axis)
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"{type}: the tensor has {rank} dimensions");

    internal static long[] Longs(IEnumerable<int> values) => [.. values.Select(v => (long)v)];
}
