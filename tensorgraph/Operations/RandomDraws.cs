using TensorGraph.Graphs;
using TensorGraph.Random;

namespace TensorGraph.Operations;

/// <summary>Random operations: drawn on the host, bit-equal to TensorFlow's CPU kernels.</summary>
internal static class RandomDraws
{
    /// <summary>Normally distributed values.</summary>
    internal static Tensor Normal(Tensor shape, double mean, double stddev, long? seed, string? name)
    {
        Tensor values = StandardNormal(shape, DataType.Float32, Seeds(shape.Graph, seed), name);
        Tensor scaled = stddev == 1 ? values : values * stddev;
        return mean == 0 ? scaled : scaled + mean;
    }

    /// <summary>Standard normal values from both seeds of the operation; two zeros mean seeds drawn at random, as in TensorFlow.</summary>
    internal static Tensor StandardNormal(Tensor shape, DataType dtype, (long Seed, long Seed2) seeds, string? name)
    {
        if (dtype != DataType.Float32)
        {
            throw new NotSupportedException($"normally distributed values are float32, not {dtype}");
        }

        (long seed, long seed2) = seeds == (0, 0) ? RandomSeeds.Of(null, null, 0) : seeds;
        return Draw(new RandomKernel("RandomStandardNormal", seed, seed2, RandomKernel.StandardNormal), [shape], dtype, name);
    }

    /// <summary>
    /// Uniformly distributed values from a least value up to, not including, a limit, which is 1 for floating values unless given.
    /// </summary>
    internal static Tensor Uniform(Graph graph, TensorShape shape, double min, double? max, DataType dtype, long? seed, string? name)
    {
        double limit = max
            ?? (dtype.IsFloating() ? 1 : throw new ArgumentException("random_uniform: whole numbers need a maxval", nameof(max)));
        (long seed1, long seed2) = Seeds(graph, seed);
        RandomKernel kernel = new(UniformType(dtype), seed1, seed2, RandomKernel.Uniform(min, limit, dtype));
        return Draw(kernel, [Emit.Vector(graph, shape)], dtype, name);
    }

    /// <summary>Uniformly distributed values up to, not including, a limit that the run computes.</summary>
    internal static Tensor Uniform(TensorShape shape, double min, Tensor max, DataType dtype, long? seed, string? name)
    {
        if (max.DType != dtype || max.Shape.Rank != 0)
        {
            throw new ArgumentException($"random_uniform: maxval {max} is not a scalar of the values' type {dtype}", nameof(max));
        }

        (long seed1, long seed2) = Seeds(max.Graph, seed);
        RandomKernel kernel = new(UniformType(dtype), seed1, seed2, RandomKernel.UniformBelowInput(min, dtype));
        return Draw(kernel, [Emit.Vector(max.Graph, shape), max], dtype, name);
    }

    private static string UniformType(DataType dtype) => dtype.IsFloating() ? "RandomUniform" : "RandomUniformInt";

    private static (long Seed, long Seed2) Seeds(Graph graph, long? seed) => RandomSeeds.Of(graph.Seed, seed, graph.OperationsMade);

    private static Tensor Draw(RandomKernel kernel, Tensor[] inputs, DataType dtype, string? name) =>
        inputs[0].Graph.CreateOperation(new OperationDefinition(kernel, inputs, [(dtype, ShapeValues.Of(inputs[0]))]), name).Output;
}
