using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Shapes as values, and the same elements in other shapes.</summary>
internal static class Shapes
{
    /// <summary>The shape of a tensor as a vector; a constant where it is known without a run.</summary>
    internal static Tensor Of(Tensor x, DataType dtype = DataType.Int64, string? name = null)
    {
        if (x.Shape.IsFullyDefined)
        {
            return Emit.Constant(x.Graph, np.array(x.Shape.ToArray()).astype(dtype.ClrType()), name);
        }

        return dtype == DataType.Int64
            ? Emit.Node("Shape", [x], DataType.Int64, [x.Shape.Rank], name)
            : Emit.Cast(Emit.Node("Shape", [x], DataType.Int64, [x.Shape.Rank]), dtype, name);
    }

    /// <summary>The same elements in another shape; one dimension may be -1, found from the others.</summary>
    internal static Tensor Reshape(Tensor x, TensorShape shape, string? name = null) =>
        x.Shape == shape && shape.IsFullyDefined
            ? x
            : Emit.Node("Reshape", [x, Emit.Vector(x.Graph, shape)], x.DType, Reshaped(x, shape), name);

    /// <summary>One value for each sample along the first axis, in a shape that goes with values of a rank.</summary>
    internal static Tensor OfSamples(Tensor x, int rank) => Reshape(x, [-1, .. Enumerable.Repeat(1, rank - 1)]);

    /// <summary>The same elements in a shape that the run computes.</summary>
    internal static Tensor Reshape(Tensor x, Tensor shape, string? name = null)
    {
        TensorShape known = ShapeValues.Of(shape);
        return known.IsFullyDefined || shape.Operation.Type == "Constant"
            ? Reshape(x, known, name)
            : Emit.Node("Reshape", [x, Emit.Cast(shape, DataType.Int64)], x.DType, known, name);
    }

    internal static Tensor ExpandDims(Tensor x, int axis, string? name = null)
    {
        int at = Emit.Axis(axis, x.Shape.Rank + 1, "Unsqueeze");
        return Emit.Node("Unsqueeze", [x, Emit.Vector(x.Graph, [at])], x.DType, [.. x.Shape.Take(at), 1, .. x.Shape.Skip(at)], name);
    }

    internal static Tensor Broadcast(Tensor x, TensorShape shape, string? name = null)
    {
        if (!shape.IsFullyDefined)
        {
            throw new ArgumentException($"Expand: {x} cannot be broadcast to {shape}; every dimension must be known", nameof(shape));
        }

        return x.Shape == shape ? x : Broadcast(x, Emit.Vector(x.Graph, shape), name);
    }

    internal static Tensor Broadcast(Tensor x, Tensor shape, string? name = null) =>
        Emit.Node("Expand", [x, Emit.Cast(shape, DataType.Int64)], x.DType, ShapeValues.Of(shape), name);

    /// <summary>A tensor with one value everywhere.</summary>
    internal static Tensor Fill(TensorShape shape, Tensor value, string? name = null) => Broadcast(value, shape, name ?? "Fill");

    /// <summary>One value everywhere, in the shape of a tensor and in its element type unless another is given.</summary>
    internal static Tensor FillLike(Tensor x, double value, DataType? dtype = null, string? name = null) =>
        Broadcast(Emit.Scalar(x.Graph, value, dtype ?? x.DType), Of(x), name);

    private static TensorShape Reshaped(Tensor x, TensorShape shape)
    {
        long known = shape.Where(d => d >= 0).Aggregate(1L, (n, d) => n * d);
        int unknown = shape.Count(d => d < 0);
        bool fits = unknown switch
        {
            0 => x.Shape.Elements is null || x.Shape.Elements == known,
            1 => x.Shape.Elements is null || (known > 0 && x.Shape.Elements % known == 0),
            _ => false,
        };
        if (!fits)
        {
            throw new ArgumentException($"Reshape: {x} does not fit shape {shape}", nameof(shape));
        }

        return unknown == 1 && x.Shape.Elements is { } elements ? [.. shape.Select(d => d < 0 ? (int)(elements / known) : d)] : shape;
    }
}
