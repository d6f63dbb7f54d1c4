using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Elementwise operations that are more than one ONNX operator on tensors of one type.</summary>
internal static class Elementwise
{
    /// <summary>The same value, through which no gradient flows.</summary>
    internal static Tensor StopGradient(Tensor x, string? name = null) =>
        x.Graph.CreateOperation(
            new OperationDefinition("Identity", [x], [(x.DType, x.Shape)]) { StopsGradient = true }, name ?? "StopGradient").Output;

    internal static Tensor ClipByValue(Tensor x, double min, double max, string? name = null) =>
        Emit.Node("Clip", [x, Emit.ScalarLike(min, x), Emit.ScalarLike(max, x)], x.DType, x.Shape, name);

    /// <summary>1 where an element is above zero, else 0, in the tensor's own element type; one pass over memory.</summary>
    internal static Tensor Step(Tensor x) => Emit.Unary("HardSigmoid", x, attributes: new() { ["alpha"] = float.MaxValue, ["beta"] = 0f });

    /// <summary>Whether each element is neither infinite nor NaN.</summary>
    internal static Tensor IsFinite(Tensor x, string? name = null)
    {
        Tensor zero = x * 0.0;
        return Emit.Compare("Equal", zero, zero, name);
    }

    /// <summary>A scalar: whether every element is neither infinite nor NaN; one product and one sum over the tensor.</summary>
    internal static Tensor AllFinite(Tensor x) => Emit.Compare("Equal", Reductions.Sum(x * 0.0), Emit.ScalarLike(0, x));

    /// <summary>Whether all elements of each sample along the first axis are finite, [number of samples].</summary>
    internal static Tensor AllFiniteOfSamples(Tensor x) => Emit.Compare(
        "Equal", Reductions.Sum(Shapes.Reshape(x * 0.0, new TensorShape(x.Shape[0], -1)), [1]), Emit.ScalarLike(0, x));

    /// <summary>Elements of x where the condition holds, of y elsewhere, with broadcasting (<c>tf.where_v2</c>).</summary>
    internal static Tensor Where(Tensor condition, Tensor x, Tensor y, string? name = null)
    {
        TensorShape values = Emit.BroadcastShape("Where", x, y);
        TensorShape shape = TensorShape.Broadcast(condition.Shape, values)
            ?? throw new ArgumentException($"Where: condition {condition.Shape} and values {values} do not broadcast");
        return Emit.Node("Where", [condition, x, y], x.DType, shape, name);
    }

    /// <summary>Elements, or along the first axis whole slices, of one of two tensors of the same shape (<c>tf.where</c>).</summary>
    internal static Tensor Select(Tensor condition, Tensor x, Tensor y, string? name = null)
    {
        bool chooses = condition.Shape.Rank == 0
            || (condition.Shape.Rank == 1 && x.Shape.Rank > 0 && condition.Shape.IsCompatibleWith([x.Shape[0]]))
            || condition.Shape.IsCompatibleWith(x.Shape);
        if (!chooses || !x.Shape.IsCompatibleWith(y.Shape))
        {
            throw new ArgumentException(
                $"Where: condition {condition.Shape} does not choose between values {x.Shape} and {y.Shape}; tf.where_v2 broadcasts",
                nameof(condition));
        }

        bool ofSlices = condition.Shape.Rank == 1 && x.Shape.Rank > 1;
        return Where(ofSlices ? Shapes.Reshape(condition, [-1, .. Enumerable.Repeat(1, x.Shape.Rank - 1)]) : condition, x, y, name);
    }

    /// <summary>Converts to whole numbers; values out of range take the nearest limit, fractions are dropped.</summary>
    internal static Tensor SaturateCast(Tensor x, DataType dtype, string? name = null)
    {
        // The largest int32 that is a float32 is 2^31 - 128.
        (double min, double max) = dtype switch
        {
            DataType.UInt8 => (0, byte.MaxValue),
            DataType.Int32 => (int.MinValue, x.DType == DataType.Float32 ? int.MaxValue - 127 : int.MaxValue),
            _ => throw new NotSupportedException($"saturate_cast converts to uint8 and int32, not {dtype}"),
        };
        return x.DType == dtype || x.DType == DataType.UInt8 ? Emit.Cast(x, dtype, name) : Emit.Cast(ClipByValue(x, min, max), dtype, name);
    }
}
