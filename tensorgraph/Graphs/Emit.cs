using System.Numerics;
using NumSharp;
using TensorGraph.Numpy;

namespace TensorGraph.Graphs;

/// <summary>Adds ONNX operations to the graph of their inputs, with element types checked and shapes worked out.</summary>
internal static class Emit
{
    internal static Tensor Node(
        string type,
        IReadOnlyList<Tensor> inputs,
        DataType dtype,
        TensorShape shape,
        string? name = null,
        Dictionary<string, object>? attributes = null) =>
        inputs[0].Graph.CreateOperation(new OperationDefinition(type, inputs, [(dtype, shape)], attributes), name).Output;

    internal static Tensor Unary(string type, Tensor x, string? name = null, Dictionary<string, object>? attributes = null) =>
        Node(type, [x], x.DType, x.Shape, name, attributes);

    internal static Tensor Binary(string type, Tensor a, Tensor b, string? name = null) =>
        Node(type, [a, b], a.DType, BroadcastShape(type, a, b), name);

    internal static Tensor Compare(string type, Tensor a, Tensor b, string? name = null) =>
        Node(type, [a, b], DataType.Bool, BroadcastShape(type, a, b), name);

    /// <summary>
    /// Converts the element type; floating to whole numbers drops the fraction. A repeated value is converted before it is repeated.
    /// </summary>
    internal static Tensor Cast(Tensor x, DataType dtype, string? name = null) => x.Operation switch
    {
        _ when x.DType == dtype => x,
        { Type: "Expand", Inputs: [Tensor value, Tensor shape] } => Node("Expand", [Cast(value, dtype), shape], dtype, x.Shape, name),
        _ => Node("Cast", [x], dtype, x.Shape, name, new() { ["to"] = (long)dtype }),
    };

    /// <summary>Python's true division: whole numbers are converted to floating ones first, as TensorFlow does.</summary>
    internal static Tensor Divide(Tensor a, Tensor b, string? name = null) => Binary("Div", Floating(a), Floating(b), name);

    /// <summary>A constant with the array's elements and shape.</summary>
    internal static Tensor Constant(Graph graph, NDArray value, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        TensorShape shape = [.. value.shape.Select(d => checked((int)d))];
        Dictionary<string, object> attributes = new() { ["value"] = value.Contiguous() };
        OperationDefinition definition = new("Constant", [], [(DataTypes.Of(value.dtype), shape)], attributes);
        return graph.CreateOperation(definition, name ?? "Const").Output;
    }

    /// <summary>An int64 vector, as ONNX takes shapes and axes.</summary>
    internal static Tensor Vector(Graph graph, IEnumerable<int> values) => Constant(graph, values.Select(v => (long)v).ToArray());

    /// <summary>A scalar constant.</summary>
    /// <exception cref="ArgumentException">The element type does not hold the value, such as 0.5 for a whole number.</exception>
    internal static Tensor Scalar(Graph graph, double value, DataType dtype, string? name = null) => Constant(
        graph,
        dtype switch
        {
            DataType.Float32 => NDArray.Scalar((float)value),
            DataType.Float64 => NDArray.Scalar(value),
            DataType.Int32 => NDArray.Scalar(Exact<int>(value)),
            DataType.Int64 => NDArray.Scalar(Exact<long>(value)),
            DataType.UInt8 => NDArray.Scalar(Exact<byte>(value)),
            _ => NDArray.Scalar(value != 0),
        },
        name);

    /// <summary>A scalar constant of the element type, and in the graph, of a tensor.</summary>
    internal static Tensor ScalarLike(double value, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        return Scalar(like.Graph, value, like.DType);
    }

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

    /// <summary>An axis counted from the first; negative ones count from the end.</summary>
    internal static int Axis(int axis, int rank, string type) =>
        axis >= -rank && axis < rank
            ? (axis < 0 ? axis + rank : axis)
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"{type}: the tensor has {rank} dimensions");

    private static Tensor Floating(Tensor x) => x.DType switch
    {
        DataType.UInt8 => Cast(x, DataType.Float32),
        DataType.Int32 or DataType.Int64 => Cast(x, DataType.Float64),
        _ => x,
    };

    private static T Exact<T>(double value)
        where T : INumberBase<T>
    {
        T whole = T.CreateSaturating(value);
        return double.CreateSaturating(whole) == value
            ? whole
            : throw new ArgumentException($"{value} is not a value of type {typeof(T).Name}", nameof(value));
    }
}
