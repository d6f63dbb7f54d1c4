using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph;

/// <content>Shapes and the arrangement of elements.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>The shape of a value at run time, an int64 vector; a constant where it is statically known.</summary>
        public static Tensor shape(Tensor x, string? name = null) =>
            x.Shape.IsFullyDefined ? constant(Emit.Longs(x.Shape)) : Emit.Node("Shape", [x], DataType.Int64, [x.Shape.Rank], name);

        /// <summary>One dimension of a value at run time, an int64 vector of one element.</summary>
        public static Tensor dimension(Tensor x, int axis) => slice(shape(x), [0], [axis], [axis + 1]);

        /// <summary>The same elements in another shape; one dimension may be -1, found from the others.</summary>
        /// <exception cref="ArgumentException">The number of elements cannot agree.</exception>
        public static Tensor reshape(Tensor x, TensorShape shape, string? name = null) =>
            x.Shape == shape && shape.IsFullyDefined
                ? x
                : Emit.Node("Reshape", [x, constant(Emit.Longs(shape))], x.DType, ReshapedShape(x, shape), name);

        /// <summary>The same elements in a shape that the run computes.</summary>
        /// <param name="x">The elements.</param>
        /// <param name="shape">The new shape, an int64 vector.</param>
        /// <param name="staticShape">What is known of it.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor reshape(Tensor x, Tensor shape, TensorShape staticShape, string? name = null) =>
            staticShape.IsFullyDefined ? reshape(x, staticShape, name) : Emit.Node("Reshape", [x, shape], x.DType, staticShape, name);

        /// <summary>Permutes dimensions.</summary>
        public static Tensor transpose(Tensor x, int[] perm, string? name = null)
        {
            if (!perm.Order().SequenceEqual(Enumerable.Range(0, x.Shape.Rank)))
            {
                throw new ArgumentException($"Transpose: [{string.Join(", ", perm)}] does not permute the dimensions of {x}", nameof(perm));
            }

            return Emit.Node("Transpose", [x], x.DType, [.. perm.Select(p => x.Shape[p])], name, new Dictionary<string, object> { ["perm"] = Emit.Longs(perm) });
        }

        /// <summary>Joins tensors along an axis.</summary>
        public static Tensor concat(IReadOnlyList<Tensor> values, int axis, string? name = null)
        {
            Tensor first = values[0];
            int along = Emit.Axis(axis, first.Shape.Rank, "Concat");
            if (values.Any(v => v.DType != first.DType || v.Shape.Rank != first.Shape.Rank || !v.Shape.With(along, -1).IsCompatibleWith(first.Shape.With(along, -1))))
            {
                throw new ArgumentException($"Concat: {string.Join("; ", values)} do not join along axis {axis}", nameof(values));
            }

            int total = values.Any(v => v.Shape[along] < 0) ? -1 : values.Sum(v => v.Shape[along]);
            return values.Count == 1
                ? first
                : Emit.Node("Concat", values, first.DType, first.Shape.With(along, total), name, new Dictionary<string, object> { ["axis"] = (long)along });
        }

        /// <summary>Joins tensors of one shape along a new axis.</summary>
        public static Tensor stack(IReadOnlyList<Tensor> values, int axis = 0, string? name = null) =>
            concat([.. values.Select(v => expand_dims(v, axis))], axis, name);

        /// <summary>Adds a dimension of size one.</summary>
        public static Tensor expand_dims(Tensor x, int axis, string? name = null)
        {
            int at = Emit.Axis(axis, x.Shape.Rank + 1, "Unsqueeze");
            return Emit.Node("Unsqueeze", [x, constant((long)at)], x.DType, [.. x.Shape.Take(at), 1, .. x.Shape.Skip(at)], name);
        }

        /// <summary>Repeats a tensor along each dimension.</summary>
        public static Tensor tile(Tensor x, int[] multiples, string? name = null) =>
            Emit.Node("Tile", [x, constant(Emit.Longs(multiples))], x.DType, [.. x.Shape.Zip(multiples, (d, m) => d < 0 ? -1 : d * m)], name);

        /// <summary>Repeats dimensions of size one until a shape is filled.</summary>
        public static Tensor broadcast_to(Tensor x, TensorShape shape, string? name = null) =>
            x.Shape == shape ? x : broadcast_to(x, constant(Emit.Longs(shape)), shape, name);

        /// <summary>Repeats dimensions of size one until a shape that the run computes is filled.</summary>
        public static Tensor broadcast_to(Tensor x, Tensor shape, TensorShape staticShape, string? name = null) =>
            Emit.Node("Expand", [x, shape], x.DType, staticShape, name);

        /// <summary>Cuts a range out of the given axes: from begin up to, not including, end, in steps. Negative positions count from the end; <c>int.MaxValue</c> and (for negative steps) <c>int.MinValue</c> mean all.</summary>
        public static Tensor slice(Tensor x, int[] axes, int[] begins, int[] ends, int[]? steps = null, string? name = null)
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

            return Emit.Node(
                "Slice",
                [x, constant(Emit.Longs(begins)), constant(Emit.Longs(ends)), constant(Emit.Longs(axes)), constant(Emit.Longs(steps))],
                x.DType,
                shape,
                name);
        }

        /// <summary>Reverses the order of elements along axes.</summary>
        public static Tensor reverse(Tensor x, int[] axes, string? name = null) =>
            slice(x, axes, [.. axes.Select(_ => -1)], [.. axes.Select(_ => int.MinValue)], [.. axes.Select(_ => -1)], name);

        /// <summary>Adds zeros before and after each dimension; negative amounts crop.</summary>
        /// <param name="x">The tensor.</param>
        /// <param name="paddings">For each dimension, how many before and after.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor pad(Tensor x, (int Before, int After)[] paddings, string? name = null)
        {
            if (Array.TrueForAll(paddings, p => p is (0, 0)))
            {
                return x;
            }

            TensorShape shape = [.. x.Shape.Zip(paddings, (d, p) => d < 0 ? -1 : d + p.Before + p.After)];
            long[] amounts = [.. paddings.Select(p => (long)p.Before), .. paddings.Select(p => (long)p.After)];
            return Emit.Node("Pad", [x, constant(amounts)], x.DType, shape, name);
        }

        /// <summary>Shifts elements along an axis; those that fall off one end come in at the other.</summary>
        public static Tensor roll(Tensor x, int shift, int axis, string? name = null)
        {
            int size = x.Shape[axis];
            int cut = size < 0 ? throw new ArgumentException($"Roll: dimension {axis} of {x} must be known", nameof(axis)) : ((size - shift) % size + size) % size;
            return cut == 0
                ? x
                : concat([slice(x, [axis], [cut], [int.MaxValue]), slice(x, [axis], [0], [cut])], axis, name);
        }

        /// <summary>Takes slices along an axis by index.</summary>
        public static Tensor gather(Tensor x, Tensor indices, int axis = 0, string? name = null)
        {
            int at = Emit.Axis(axis, x.Shape.Rank, "Gather");
            return Emit.Node(
                "Gather",
                [x, indices],
                x.DType,
                [.. x.Shape.Take(at), .. indices.Shape, .. x.Shape.Skip(at + 1)],
                name,
                new Dictionary<string, object> { ["axis"] = (long)at });
        }

        /// <summary>Moves blocks of channels into space: [N, C*b*b, H, W] to [N, C, H*b, W*b], block offsets varying slowest (ONNX's DCR mode).</summary>
        public static Tensor depth_to_space(Tensor x, int block, string? name = null) =>
            Emit.Node(
                "DepthToSpace",
                [x],
                x.DType,
                [x.Shape[0], x.Shape[1] / (block * block), Scaled(x.Shape[2], block), Scaled(x.Shape[3], block)],
                name,
                new Dictionary<string, object> { ["blocksize"] = (long)block });

        /// <summary>Moves blocks of space into channels: the inverse of <see cref="depth_to_space"/>.</summary>
        public static Tensor space_to_depth(Tensor x, int block, string? name = null) =>
            Emit.Node(
                "SpaceToDepth",
                [x],
                x.DType,
                [x.Shape[0], x.Shape[1] * block * block, Divided(x.Shape[2], block), Divided(x.Shape[3], block)],
                name,
                new Dictionary<string, object> { ["blocksize"] = (long)block });

        /// <summary>A tensor of zeros.</summary>
        public static Tensor zeros(TensorShape shape, DataType dtype = DataType.Float32, string? name = null) => fill(shape, 0, dtype, name);

        /// <summary>A tensor of ones.</summary>
        public static Tensor ones(TensorShape shape, DataType dtype = DataType.Float32, string? name = null) => fill(shape, 1, dtype, name);

        /// <summary>A tensor with one value everywhere.</summary>
        public static Tensor fill(TensorShape shape, double value, DataType dtype = DataType.Float32, string? name = null) =>
            broadcast_to(scalar(value, dtype), shape, name ?? "Fill");

        /// <summary>Zeros in the shape and element type of a tensor.</summary>
        public static Tensor zeros_like(Tensor x, string? name = null) => broadcast_to(scalar_like(0, x), shape(x), x.Shape, name);

        /// <summary>Ones in the shape and element type of a tensor.</summary>
        public static Tensor ones_like(Tensor x, string? name = null) => broadcast_to(scalar_like(1, x), shape(x), x.Shape, name);

        private static int Scaled(int dim, int factor) => dim < 0 ? -1 : dim * factor;

        private static int Divided(int dim, int factor) => dim < 0 ? -1 : dim / factor;

        private static TensorShape ReshapedShape(Tensor x, TensorShape shape)
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
}
