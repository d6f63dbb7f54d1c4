using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph;

/// <content>Shapes and the arrangement of elements.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>The shape of a value at run time, a vector; a constant where it is known without a run.</summary>
        public static Tensor shape(Tensor input, string? name = null, DataType out_type = DataType.Int32) =>
            Shapes.Of(input, out_type, name);

        /// <summary>The same elements in another shape; one dimension may be -1, found from the others.</summary>
        /// <exception cref="ArgumentException">The number of elements cannot agree.</exception>
        public static Tensor reshape(Tensor tensor, TensorShape shape, string? name = null) => Shapes.Reshape(tensor, shape, name);

        /// <summary>The same elements in a shape that the run computes, an int32 or int64 vector of known length.</summary>
        public static Tensor reshape(Tensor tensor, Tensor shape, string? name = null) => Shapes.Reshape(tensor, shape, name);

        /// <summary>Permutes dimensions; reverses their order where no permutation is given.</summary>
        public static Tensor transpose(Tensor a, int[]? perm = null, string? name = null) => Arrays.Transpose(a, perm, name);

        /// <summary>Joins tensors along an axis.</summary>
        public static Tensor concat(IReadOnlyList<Tensor> values, int axis, string? name = null) => Arrays.Concat(values, axis, name);

        /// <summary>Joins tensors of one shape along a new axis.</summary>
        public static Tensor stack(IReadOnlyList<Tensor> values, int axis = 0, string? name = null) => Arrays.Stack(values, axis, name);

        /// <summary>Adds a dimension of size one.</summary>
        public static Tensor expand_dims(Tensor input, int axis, string? name = null) => Shapes.ExpandDims(input, axis, name);

        /// <summary>Repeats a tensor along each dimension.</summary>
        public static Tensor tile(Tensor input, int[] multiples, string? name = null) => Arrays.Tile(input, multiples, name);

        /// <summary>Repeats dimensions of size one until a shape is filled.</summary>
        public static Tensor broadcast_to(Tensor input, TensorShape shape, string? name = null) => Shapes.Broadcast(input, shape, name);

        /// <summary>
        /// Repeats dimensions of size one until a shape that the run computes is filled, an int32 or int64 vector of known length.
        /// </summary>
        public static Tensor broadcast_to(Tensor input, Tensor shape, string? name = null) => Shapes.Broadcast(input, shape, name);

        /// <summary>Cuts a block out of a tensor.</summary>
        /// <param name="input_">The tensor.</param>
        /// <param name="begin">For each dimension, the first element taken.</param>
        /// <param name="size">For each dimension, how many are taken; -1 takes all that follow.</param>
        /// <param name="name">Name within the current scope.</param>
        /// <exception cref="ArgumentException">The tensor has no such block.</exception>
        public static Tensor slice(Tensor input_, int[] begin, int[] size, string? name = null) => Arrays.Slice(input_, begin, size, name);

        /// <summary>Reverses the order of elements along axes.</summary>
        public static Tensor reverse(Tensor tensor, int[] axis, string? name = null) => Arrays.Reverse(tensor, axis, name);

        /// <summary>Adds zeros before and after each dimension.</summary>
        /// <param name="tensor">The tensor.</param>
        /// <param name="paddings">For each dimension, how many before and after.</param>
        /// <param name="name">Name within the current scope.</param>
        /// <exception cref="ArgumentException">An amount is negative, or there are not as many pairs as dimensions.</exception>
        public static Tensor pad(Tensor tensor, (int Before, int After)[] paddings, string? name = null) =>
            Array.TrueForAll(paddings, p => p is ( >= 0, >= 0))
                ? Arrays.Pad(tensor, paddings, name)
                : throw new ArgumentException($"pad: {string.Join(", ", paddings)} has a negative amount", nameof(paddings));

        /// <summary>Shifts elements along an axis; those that fall off one end come in at the other.</summary>
        public static Tensor roll(Tensor input, int shift, int axis) => Arrays.Roll(input, shift, axis);

        /// <summary>Takes slices along an axis by index.</summary>
        public static Tensor gather(Tensor @params, Tensor indices, string? name = null, int axis = 0) =>
            Arrays.Gather(@params, indices, axis, name);

        /// <summary>
        /// Moves blocks of channels into space, the block's place varying slowest: [N, C*b*b, H, W] to [N, C, H*b, W*b], or [N, H, W,
        /// C*b*b] to [N, H*b, W*b, C].
        /// </summary>
        public static Tensor depth_to_space(Tensor input, int block_size, string? name = null, string data_format = "NHWC") =>
            DataFormat.Of(data_format).Apply(input, x => Arrays.DepthToSpace(x, block_size, name));

        /// <summary>Moves blocks of space into channels: the inverse of <see cref="depth_to_space"/>.</summary>
        public static Tensor space_to_depth(Tensor input, int block_size, string? name = null, string data_format = "NHWC") =>
            DataFormat.Of(data_format).Apply(input, x => Arrays.SpaceToDepth(x, block_size, name));

        /// <summary>A tensor of zeros.</summary>
        public static Tensor zeros(TensorShape shape, DataType dtype = DataType.Float32, string? name = null) =>
            fill(shape, Emit.Scalar(Graph.Default, 0, dtype), name);

        /// <summary>Zeros in the shape of a tensor, and in its element type unless another is given.</summary>
        public static Tensor zeros_like(Tensor tensor, DataType? dtype = null, string? name = null) =>
            Shapes.FillLike(tensor, 0, dtype, name);

        /// <summary>A tensor of ones.</summary>
        public static Tensor ones(TensorShape shape, DataType dtype = DataType.Float32, string? name = null) =>
            fill(shape, Emit.Scalar(Graph.Default, 1, dtype), name);

        /// <summary>Ones in the shape of a tensor, and in its element type unless another is given.</summary>
        public static Tensor ones_like(Tensor tensor, DataType? dtype = null, string? name = null) =>
            Shapes.FillLike(tensor, 1, dtype, name);

        /// <summary>A tensor with the value of a scalar everywhere.</summary>
        public static Tensor fill(TensorShape dims, Tensor value, string? name = null) => Shapes.Fill(dims, value, name);
    }
}
