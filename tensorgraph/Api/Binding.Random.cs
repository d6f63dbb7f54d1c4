using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph;

/// <content>Random operations: drawn on the host, bit-equal to TensorFlow's CPU kernels.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>Sets the graph-level random seed.</summary>
        public static void set_random_seed(long seed) => Graph.Default.Seed = seed;

        /// <summary>Normally distributed float32 values.</summary>
        /// <param name="shape">Their shape, fully known.</param>
        /// <param name="mean">Mean of the distribution.</param>
        /// <param name="stddev">Standard deviation of the distribution.</param>
        /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor random_normal(TensorShape shape, double mean = 0, double stddev = 1, long? seed = null, string? name = null) =>
            random_normal(Emit.Vector(Graph.Default, shape), mean, stddev, seed, name);

        /// <summary>
        /// Normally distributed float32 values in a shape that the run computes, an int32 or int64 vector of known length.
        /// </summary>
        /// <inheritdoc cref="random_normal(TensorShape, double, double, long?, string?)"/>
        public static Tensor random_normal(Tensor shape, double mean = 0, double stddev = 1, long? seed = null, string? name = null) =>
            RandomDraws.Normal(shape, mean, stddev, seed, name);

        /// <summary>Uniformly distributed values from minval up to, not including, maxval.</summary>
        /// <param name="shape">Their shape, fully known.</param>
        /// <param name="minval">Least value.</param>
        /// <param name="maxval">Limit above; 1 for float32 if left out.</param>
        /// <param name="dtype">float32, int32 or int64.</param>
        /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
        /// <param name="name">Name within the current scope.</param>
        /// <exception cref="ArgumentException">No limit is given for whole numbers.</exception>
        public static Tensor random_uniform(
            TensorShape shape,
            double minval = 0,
            double? maxval = null,
            DataType dtype = DataType.Float32,
            long? seed = null,
            string? name = null) =>
            RandomDraws.Uniform(Graph.Default, shape, minval, maxval, dtype, seed, name);

        /// <summary>
        /// Uniformly distributed values from minval up to, not including, a limit that the run computes, a scalar of the values' type.
        /// </summary>
        /// <inheritdoc cref="random_uniform(TensorShape, double, double?, DataType, long?, string?)"/>
        public static Tensor random_uniform(
            TensorShape shape, double minval, Tensor maxval, DataType dtype = DataType.Float32, long? seed = null, string? name = null) =>
            RandomDraws.Uniform(shape, minval, maxval, dtype, seed, name);

        /// <summary>Operations as a recorded graph has them, <c>tf.raw_ops</c>.</summary>
        public static class raw_ops
        {
            /// <summary>
            /// Standard normal float32 values from the operation's own two seeds, whatever the graph's; both zero are drawn at random.
            /// </summary>
            /// <param name="shape">Their shape, fully known.</param>
            /// <param name="dtype">float32.</param>
            /// <param name="seed">The operation's attribute <c>seed</c>.</param>
            /// <param name="seed2">The operation's attribute <c>seed2</c>.</param>
            /// <param name="name">Name within the current scope.</param>
            public static Tensor RandomStandardNormal(
                TensorShape shape, DataType dtype, long seed = 0, long seed2 = 0, string? name = null) =>
                RandomDraws.StandardNormal(Emit.Vector(Graph.Default, shape), dtype, (seed, seed2), name);
        }
    }
}
