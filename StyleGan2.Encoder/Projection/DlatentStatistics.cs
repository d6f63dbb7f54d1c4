using System.Numerics.Tensors;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Projection;

/// <summary>Mean and spread of a network's W, found from random latents.</summary>
/// <param name="Average">The mean, [1, layers, size].</param>
/// <param name="Std">The root of the summed squared distances from the mean over the number of samples.</param>
public sealed record DlatentStatistics(NDArray Average, double Std)
{
    private const int Seed = 123;
    private const int MinibatchSize = 1000;

    /// <summary>Runs the mapping network on the latents that the reference takes, <c>RandomState(123).randn</c>.</summary>
    /// <param name="network">A generator with a component <c>mapping</c>.</param>
    /// <param name="samples">How many latents.</param>
    /// <param name="label">Their label, [1, size]; null for zeros.</param>
    internal static DlatentStatistics Of(Network network, int samples, NDArray? label = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network mapping = network.Components["mapping"];
        int size = network.InputShapes[0][1];
        NDArray latents = new RandomState(Seed).Randn(samples, size);
        NDArray? labels = NetworkLabel.Repeated(label, samples);

        // W is the same for all layers: once is enough, but the sums are those over all, as the reference adds them.
        EasyDict once = new() { ["dlatent_broadcast"] = null };
        NDArray dlatents = mapping.Run([latents, labels], new NetworkRunOptions { MinibatchSize = MinibatchSize }, once)[0].Contiguous();
        float[] mean = NumPySums.MeanOfRows(dlatents.AsSpan<float>(), samples);
        Span<float> distances = dlatents.AsSpan<float>();
        for (int sample = 0; sample < samples; sample++)
        {
            Span<float> distance = distances.Slice(sample * mean.Length, mean.Length);
            TensorPrimitives.Subtract(distance, mean, distance);
            TensorPrimitives.Multiply(distance, distance, distance);
        }

        int layers = mapping.OutputShapes[0][1];
        double sum = NumPySums.SumOfRepeatedRows(distances, mean.Length, layers);
        GC.KeepAlive(dlatents);
        float[] average = [.. Enumerable.Repeat(mean, layers).SelectMany(m => m)];
        return new DlatentStatistics(average.ToNDArray([1, layers, mean.Length]), Math.Sqrt(sum / samples));
    }
}
