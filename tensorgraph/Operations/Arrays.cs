using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Rearranges elements: transposes, joins, cuts, pads, repeats.</summary>
internal static class Arrays
{
    /// <summary>Permutes dimensions; null reverses their order.</summary>
    internal static Tensor Transpose(Tensor x, int[]? perm, string? name = null)
    {
        int[] order = perm ?? [.. Enumerable.Range(0, x.Shape.Rank).Reverse()];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, x.Shape.Rank)))
        {
            throw new ArgumentException($"Transpose: [{string.Join(", ", order)}] does not permute the dimensions of {x}", nameof(perm));
        }

        long[] axes = [.. order.Select(p => (long)p)];
        return Emit.Node("Transpose", [x], x.DType, [.. order.Select(p => x.Shape[p])], name, new() { ["perm"] = axes });
    }

    internal static Tensor Concat(IReadOnlyList<Tensor> values, int axis, string? name = null)
    {
        Tensor first = values[0];
        int along = Emit.Axis(axis, first.Shape.Rank, "Concat");
        TensorShape others = first.Shape.With(along, -1);
        if (values.Any(v => v.DType != first.DType || v.Shape.Rank != others.Rank || !v.Shape.With(along, -1).IsCompatibleWith(others)))
        {
            throw new ArgumentException($"Concat: {string.Join("; ", values)} do not join along axis {axis}", nameof(values));
        }

        int total = values.Any(v => v.Shape[along] < 0) ? -1 : values.Sum(v => v.Shape[along]);
        return values.Count == 1
            ? first
            : Emit.Node("Concat", values, first.DType, others.With(along, total), name, new() { ["axis"] = (long)along });
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    internal static Tensor Stack(IReadOnlyList<Tensor> values, int axis, string? name = null) =>
        Concat([.. values.Select(v => Shapes.ExpandDims(v, axis))], axis, name);

    internal static Tensor Tile(Tensor x, int[] multiples, string? name = null) =>
        Emit.Node("Tile", [x, Emit.Vector(x.Graph, multiples)], x.DType, [.. x.Shape.Zip(multiples, (d, m) => d < 0 ? -1 : d * m)], name);

    /// <summary>
    /// Cuts a block out: of each dimension a number of elements from a first one on, -1 for all that follow (<c>tf.slice</c>).
    /// </summary>
    internal static Tensor Slice(Tensor x, int[] begin, int[] size, string? name = null)
    {
        bool fits = begin.Length == x.Shape.Rank && size.Length == x.Shape.Rank
            && x.Shape.Select((d, i) => begin[i] >= 0 && size[i] >= -1 && (d < 0 || begin[i] + Math.Max(0, size[i]) <= d)).All(f => f);
        if (!fits)
        {
            throw new ArgumentException(
                $"Slice: {x} has no block that begins at [{string.Join(", ", begin)}] of size [{string.Join(", ", size)}]", nameof(begin));
        }

        int[] cut = [.. Enumerable.Range(0, begin.Length).Where(i => begin[i] > 0 || (size[i] >= 0 && size[i] != x.Shape[i]))];
        int[] ends = [.. cut.Select(i => size[i] < 0 ? int.MaxValue : begin[i] + size[i])];
        return cut.Length == 0 ? x : SliceAxes(x, cut, [.. cut.Select(i => begin[i])], ends, name: name);
    }

    /// <summary>
    /// Cuts a range out of the given axes: from begin up to, not including, end, in steps. Negative positions count from the end;
    /// <c>int.MaxValue</c> and
    /// (for negative steps) <c>int.MinValue</c> mean all.
    /// </summary>
    internal static Tensor SliceAxes(Tensor x, int[] axes, int[] begins, int[] ends, int[]? steps = null, string? name = null)
    {
        steps ??= [.. axes.Select(_ => 1)];
        TensorShape shape = x.Shape;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = Emit.Axis(axes[i], x.Shape.Rank, "Slice");
            shape = shape.With(axis, SliceRange.Of(x.Shape[axis], begins[i], ends[i], steps[i])?.Count ?? -1);
        }

        if (shape == x.Shape && shape.IsFullyDefined && Array.TrueForAll(steps, s => s == 1))
        {
            return x;
        }

        Tensor[] inputs = [x, .. new[] { begins, ends, axes, steps }.Select(v => Emit.Vector(x.Graph, v))];
        return Emit.Node("Slice", inputs, x.DType, shape, name);
    }

    /// <summary>Reverses the order of elements along axes.</summary>
    internal static Tensor Reverse(Tensor x, int[] axes, string? name = null) =>
        SliceAxes(x, axes, [.. axes.Select(_ => -1)], [.. axes.Select(_ => int.MinValue)], [.. axes.Select(_ => -1)], name);

    /// <summary>Adds zeros before and after each dimension; negative amounts crop.</summary>
    internal static Tensor Pad(Tensor x, (int Before, int After)[] paddings, string? name = null)
    {
        if (paddings.Length != x.Shape.Rank)
        {
            throw new ArgumentException($"Pad: {paddings.Length} pairs of amounts do not fit the dimensions of {x}", nameof(paddings));
        }

        if (Array.TrueForAll(paddings, p => p is (0, 0)))
        {
            return x;
        }

        TensorShape shape = [.. x.Shape.Zip(paddings, (d, p) => d < 0 ? -1 : d + p.Before + p.After)];
        int[] amounts = [.. paddings.Select(p => p.Before), .. paddings.Select(p => p.After)];
        return Emit.Node("Pad", [x, Emit.Vector(x.Graph, amounts)], x.DType, shape, name);
    }

    /// <summary>Shifts elements along an axis; those that fall off one end come in at the other.</summary>
    internal static Tensor Roll(Tensor x, int shift, int axis)
    {
        int size = x.Shape[axis];
        int cut = size < 0
            ? throw new ArgumentException($"Roll: dimension {axis} of {x} must be known", nameof(axis))
            : (((size - shift) % size) + size) % size;
        return cut == 0 ? x : Concat([SliceAxes(x, [axis], [cut], [int.MaxValue]), SliceAxes(x, [axis], [0], [cut])], axis);
    }

    /// <summary>Takes slices along an axis by index.</summary>
    internal static Tensor Gather(Tensor x, Tensor indices, int axis, string? name = null)
    {
        int at = Emit.Axis(axis, x.Shape.Rank, "Gather");
        TensorShape shape = [.. x.Shape.Take(at), .. indices.Shape, .. x.Shape.Skip(at + 1)];
        return Emit.Node("Gather", [x, indices], x.DType, shape, name, new() { ["axis"] = (long)at });
    }

    /// <summary>
    /// Moves blocks of channels into space: [N, C*b*b, H, W] to [N, C, H*b, W*b], block offsets varying slowest (ONNX's DCR mode,
    /// TensorFlow's order).
    /// </summary>
    internal static Tensor DepthToSpace(Tensor x, int block, string? name = null) =>
        Emit.Node(
            "DepthToSpace",
            [x],
            x.DType,
            [x.Shape[0], x.Shape[1] / (block * block), Scaled(x.Shape[2], block), Scaled(x.Shape[3], block)],
            name,
            new() { ["blocksize"] = (long)block });

    /// <summary>Moves blocks of space into channels: the inverse of <see cref="DepthToSpace"/>.</summary>
    internal static Tensor SpaceToDepth(Tensor x, int block, string? name = null) =>
        Emit.Node(
            "SpaceToDepth",
            [x],
            x.DType,
            [x.Shape[0], x.Shape[1] * block * block, Divided(x.Shape[2], block), Divided(x.Shape[3], block)],
            name,
            new() { ["blocksize"] = (long)block });

    private static int Scaled(int dim, int factor) => dim < 0 ? -1 : dim * factor;

    private static int Divided(int dim, int factor) => dim < 0 ? -1 : dim / factor;
}
