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
        NDArray dlatents = mapping.Run([latents, labels], new NetworkRunOptions { MinibatchSize = MinibatchSize })[0].Contiguous();
        long[] shape = [1, .. dlatents.shape[1..]];
        ReadOnlySpan<float> values = dlatents.AsSpan<float>();
        float[] mean = NumPySums.MeanOfRows(values, samples);
        float[] squares = new float[values.Length];
        for (int i = 0; i < squares.Length; i++)
        {
            float difference = values[i] - mean[i % mean.Length];
            squares[i] = difference * difference;
        }

        GC.KeepAlive(dlatents);
        return new DlatentStatistics(mean.ToNDArray(shape), Math.Sqrt((double)NumPySums.Sum(squares) / samples));
    }
}
