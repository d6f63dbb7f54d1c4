using TensorGraph.Graphs;
using TensorGraph.Operations;
using TensorGraph.Random;

namespace TensorGraph;

/// <content>Random operations: drawn on the host, bit-equal to TensorFlow's CPU kernels.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>Normally distributed values.</summary>
        /// <param name="shape">Their shape, fully known.</param>
        /// <param name="mean">Mean of the distribution.</param>
        /// <param name="stddev">Standard deviation of the distribution.</param>
        /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor random_normal(TensorShape shape, double mean = 0, double stddev = 1, long? seed = null, string? name = null) =>
            random_normal(constant(Emit.Longs(shape)), shape, mean, stddev, seed, name);

        /// <summary>Normally distributed values in a shape that the run computes.</summary>
        /// <param name="shape">Their shape, an int64 vector.</param>
        /// <param name="staticShape">What is known of it.</param>
        /// <param name="mean">Mean of the distribution.</param>
        /// <param name="stddev">Standard deviation of the distribution.</param>
        /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor random_normal(
            Tensor shape, TensorShape staticShape, double mean = 0, double stddev = 1, long? seed = null, string? name = null)
        {
            Tensor values = standard_normal(shape, staticShape, Seeds(seed), name);
            Tensor scaled = stddev == 1 ? values : values * stddev;
            return mean == 0 ? scaled : scaled + mean;
        }

        /// <summary>Standard normal values from both seeds of the operation, as a recorded TensorFlow graph has them.</summary>
        /// <param name="shape">Their shape, fully known.</param>
        /// <param name="seeds">The operation's attributes <c>seed</c> and <c>seed2</c>.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor random_normal(TensorShape shape, (long Seed, long Seed2) seeds, string? name = null) =>
            standard_normal(constant(Emit.Longs(shape)), shape, seeds, name);

        /// <summary>Uniformly distributed values from minval up to, not including, maxval.</summary>
        /// <param name="shape">Their shape, fully known.</param>
        /// <param name="minval">Least value.</param>
        /// <param name="maxval">Limit above.</param>
        /// <param name="dtype">float32, int32 or int64.</param>
        /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor random_uniform(
            TensorShape shape, double minval = 0, double maxval = 1, DataType dtype = DataType.Float32, long? seed = null, string? name = null)
        {
            (long seed1, long seed2) = Seeds(seed);
            RandomKernel kernel = new(seed1, seed2, RandomKernel.Uniform(minval, maxval, dtype));
            return Random(dtype == DataType.Float32 ? "RandomUniform" : "RandomUniformInt", constant(Emit.Longs(shape)), dtype, shape, kernel, name);
        }

        /// <summary>Uniformly distributed int32 values from minval up to, not including, a limit that the run computes.</summary>
        /// <param name="shape">Their shape, fully known.</param>
        /// <param name="minval">Least value.</param>
        /// <param name="maxval">Limit above, an int32 scalar.</param>
        /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor random_uniform(TensorShape shape, int minval, Tensor maxval, long? seed = null, string? name = null)
        {
            (long seed1, long seed2) = Seeds(seed);
            RandomKernel kernel = new(seed1, seed2, RandomKernel.UniformBelowInput(minval));
            OperationDefinition definition = new("RandomUniformInt", [constant(Emit.Longs(shape)), maxval], [(DataType.Int32, shape)], Kernel: kernel);
            return Graph.Default.CreateOperation(definition, name).Output;
        }

        private static (long Seed, long Seed2) Seeds(long? opSeed) => RandomSeeds.Of(Graph.Default.Seed, opSeed, Graph.Default.Operations.Count);

        private static Tensor standard_normal(Tensor shape, TensorShape staticShape, (long Seed, long Seed2) seeds, string? name) =>
            Random("RandomStandardNormal", shape, DataType.Float32, staticShape, new RandomKernel(seeds.Seed, seeds.Seed2, RandomKernel.StandardNormal), name);

        private static Tensor Random(string type, Tensor shape, DataType dtype, TensorShape staticShape, HostKernel kernel, string? name) =>
            Graph.Default.CreateOperation(new OperationDefinition(type, [shape], [(dtype, staticShape)], Kernel: kernel), name).Output;
    }
}
