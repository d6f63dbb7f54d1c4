using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Sums, means, extrema and matrix products.</summary>
internal static class Reductions
{
    /// <summary>Above so many elements, one running float32 sum loses digits that pairwise sums keep.</summary>
    private const long LongSum = 1 << 12;

    internal static Tensor Sum(Tensor x, int[]? axis = null, bool keepDims = false) =>
        Reduce("ReduceSum", x, axis, keepDims);

    /// <summary>ONNX's ReduceSum, ReduceMean, ReduceMax or ReduceMin over axes; all of them when none is given.</summary>
    internal static Tensor Reduce(string type, Tensor x, int[]? axis, bool keepDims, string? name = null)
    {
        int rank = x.Shape.Rank;
        int[] axes = axis is null ? [.. Enumerable.Range(0, rank)] : [.. axis.Select(a => Emit.Axis(a, rank, type)).Order()];
        if (type is "ReduceSum" or "ReduceMean" && axes.Length > 1 && axes.Aggregate(1L, (n, a) => n * x.Shape[a]) > LongSum)
        {
            Tensor rows = Reduce(type, x, [axes[^1]], keepDims: true, name);
            Tensor sum = Reduce(type, rows, axes[..^1], keepDims: true, name);
            return keepDims ? sum : Shapes.Reshape(sum, [.. sum.Shape.Where((_, i) => !axes.Contains(i))]);
        }

        TensorShape shape = keepDims
            ? [.. x.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)]
            : [.. x.Shape.Where((_, i) => !axes.Contains(i))];
        return axes.Length == 0
            ? Emit.Unary("Identity", x, name)
            : Emit.Node(type, [x, Emit.Vector(x.Graph, axes)], x.DType, shape, name, new() { ["keepdims"] = keepDims ? 1L : 0L });
    }

    /// <summary>Running sums along an axis, added up one after the other.</summary>
    internal static Tensor CumulativeSum(Tensor x, int axis, string? name = null)
    {
        Tensor along = Emit.Scalar(x.Graph, Emit.Axis(axis, x.Shape.Rank, "CumSum"), DataType.Int64);
        return Emit.Node("CumSum", [x, along], x.DType, x.Shape, name);
    }

    /// <summary>Matrix product over the last two dimensions.</summary>
    internal static Tensor MatMul(Tensor a, Tensor b, string? name = null)
    {
        if (a.DType != b.DType || a.Shape.Rank < 2 || b.Shape.Rank < 2
            || (a.Shape[-1] >= 0 && b.Shape[-2] >= 0 && a.Shape[-1] != b.Shape[-2]))
        {
            throw new ArgumentException($"MatMul: {a} and {b} do not multiply");
        }

        TensorShape outerA = [.. a.Shape.Take(a.Shape.Rank - 2)];
        TensorShape outerB = [.. b.Shape.Take(b.Shape.Rank - 2)];
        TensorShape outer = TensorShape.Broadcast(outerA, outerB) ?? throw new ArgumentException($"MatMul: {a} and {b} do not broadcast");
        return Emit.Node("MatMul", [a, b], a.DType, [.. outer, a.Shape[-2], b.Shape[-1]], name);
    }
}
