using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Full-width networks with random values: speed does not depend on what they have learnt.</summary>
internal static class RandomModels
{
    private static readonly int[] s_vggWidths = [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512];
    private static readonly int[] s_levels = [64, 128, 256, 512, 512];

    /// <summary>config-f at full width, initialised in the session.</summary>
    internal static Network Generator(Session session, int resolution) =>
        new(session, "Gs", "training.networks_stylegan2.G_main", new EasyDict { ["resolution"] = resolution });

    /// <summary>LPIPS on VGG16 at full width.</summary>
    internal static LpipsWeights Lpips()
    {
        RandomState random = new(1);
        List<(string, NDArray)> arrays = [];
        int channels = 3;
        foreach (int width in s_vggWidths)
        {
            arrays.Add(("weight", Normal(random, Math.Sqrt(2.0 / (9 * channels)), 3, 3, channels, width)));
            arrays.Add(("bias", Normal(random, 0.1, width)));
            channels = width;
        }

        arrays.AddRange(s_levels.Select(c => ("lin", np.abs(Normal(random, 1.0 / c, 1, 1, c, 1)))));
        return LpipsWeights.FromArrays(arrays, "random values");
    }

    /// <summary>Normally distributed float32 values.</summary>
    internal static NDArray Normal(RandomState random, double scale, params int[] shape) =>
        Array.ConvertAll(random.Randn(shape).Values<double>(), v => (float)(v * scale)).ToNDArray([.. shape.Select(d => (long)d)]);
}
