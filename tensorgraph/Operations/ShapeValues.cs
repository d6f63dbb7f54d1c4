using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Operations;

/// <summary>What the graph says, without a run, about vectors of whole numbers that stand for shapes.</summary>
internal static class ShapeValues
{
    /// <summary>The shape that a vector stands for; dimensions that only a run knows are -1.</summary>
    /// <exception cref="ArgumentException">The tensor is not an int32 or int64 vector of known length.</exception>
    internal static TensorShape Of(Tensor vector) =>
        vector is { DType: DataType.Int32 or DataType.Int64, Shape: [>= 0] }
            ? new TensorShape(Elements(vector))
            : throw new ArgumentException(
                $"{vector} does not stand for a shape; that is an int32 or int64 vector of known length", nameof(vector));

    /// <summary>The values of an int64 constant, or null where the tensor is not a constant.</summary>
    internal static long[]? Constant(Tensor tensor) =>
        tensor.Operation is { Type: "Constant" } constant ? constant.Attribute<NDArray>("value").Values<long>() : null;

    private static int[] Elements(Tensor vector)
    {
        Operation operation = vector.Operation;
        return operation.Type switch
        {
            "Constant" => [.. operation.Attribute<NDArray>("value").astype(typeof(long)).Values<long>().Select(v => (int)v)],
            "Shape" => operation.Inputs[0].Shape.ToArray(),
            "Cast" when operation.Inputs[0].DType is DataType.Int32 or DataType.Int64 => Elements(operation.Inputs[0]),
            "Concat" => [.. operation.Inputs.SelectMany(Elements)],
            "Slice" => Sliced(operation) ?? Unknown(vector),
            _ => Unknown(vector),
        };
    }

    private static int[]? Sliced(Operation slice)
    {
        int[] whole = Elements(slice.Inputs[0]);
        return Constant(slice.Inputs[1]) is [long begin]
            && Constant(slice.Inputs[2]) is [long end]
            && Constant(slice.Inputs[4]) is [long step]
            && SliceRange.Of(whole.Length, (int)begin, (int)end, (int)step) is { } range
                ? [.. Enumerable.Range(0, range.Count).Select(i => whole[range.Begin + (i * range.Step)])]
                : null;
    }

    private static int[] Unknown(Tensor vector) => [.. Enumerable.Repeat(-1, vector.Shape[0])];
}
