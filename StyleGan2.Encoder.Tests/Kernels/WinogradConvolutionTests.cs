using CsCheck;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Kernels.Convolutions;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class WinogradConvolutionTests
{
    private const double Bound = 2e-6;

    [Fact]
    public void It_is_the_convolution_in_double_precision_to_two_millionths_of_the_largest_value() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 9], Gen.Int[1, 4], Gen.Int[0, 1000])
            .Sample((samples, channels, outputs, halfHeight, sixteenths, seed) =>
            {
                Shape shape = new(samples, channels, outputs, 2 * halfHeight, 16 * sixteenths);
                System.Random random = new(seed);
                float[] images = RandomFloats.Next(random, samples * channels * shape.Height * shape.Width);
                float[] weights = RandomFloats.Next(random, outputs * channels * 9);
                double[] expected = Direct(images, weights, shape);
                float[] found = Winograd(images, weights, shape);
                double largest = expected.Max(Math.Abs);
                return expected.Zip(found, (e, f) => Math.Abs(e - f)).All(d => d <= Bound * largest);
            }, iter: 40, threads: 1);

    [Fact]
    public void Turned_weights_are_those_of_the_gradient() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[0, 1000]).Sample((channels, outputs, seed) =>
        {
            Shape shape = new(1, channels, outputs, 4, 16);
            System.Random random = new(seed);
            float[] images = RandomFloats.Next(random, channels * shape.Height * shape.Width);
            float[] weights = RandomFloats.Next(random, outputs * channels * 9);
            double[] expected = Direct(images, weights, shape);
            float[] found = Winograd(images, new WinogradWeights(Turned(weights, outputs, channels), channels, outputs).Turned, shape);
            double largest = expected.Max(Math.Abs);
            return expected.Zip(found, (e, f) => Math.Abs(e - f)).All(d => d <= Bound * largest);
        }, iter: 40, threads: 1);

    [Fact]
    public void Widths_that_are_no_multiple_of_sixteen_and_odd_heights_do_not_fit() =>
        Assert.Equal(
            [true, false, false, true],
            new[] { (2, 16), (3, 16), (4, 24), (6, 48) }.Select(s => WinogradConvolution.Fits(s.Item1, s.Item2)));

    private static float[] Winograd(float[] images, float[] weights, Shape s) =>
        Winograd(images, new WinogradWeights(weights, s.Outputs, s.Channels), s);

    private static float[] Winograd(float[] images, WinogradWeights weights, Shape s)
    {
        WinogradConvolution kernel = new(weights, s.Height, s.Width, new Scratch());
        return KernelModel.Run("WinogradConv", kernel, (images, [s.Samples, s.Channels, s.Height, s.Width]));
    }

    /// <summary>Weights of the gradient: outputs for channels, filters turned by half a circle.</summary>
    private static float[] Turned(float[] weights, int outputs, int channels)
    {
        float[] turned = new float[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            int output = i / (9 * channels), channel = i / 9 % channels;
            turned[(((channel * outputs) + output) * 9) + 8 - (i % 9)] = weights[i];
        }

        return turned;
    }

    private static double[] Direct(float[] images, float[] weights, Shape s)
    {
        double[] result = new double[s.Samples * s.Outputs * s.Height * s.Width];
        for (int i = 0; i < result.Length; i++)
        {
            int x = i % s.Width, y = i / s.Width % s.Height, output = i / (s.Width * s.Height) % s.Outputs;
            int sample = i / (s.Width * s.Height * s.Outputs);
            for (int tap = 0; tap < 9 * s.Channels; tap++)
            {
                int channel = tap / 9, row = y + (tap % 9 / 3) - 1, column = x + (tap % 3) - 1;
                if (row >= 0 && row < s.Height && column >= 0 && column < s.Width)
                {
                    float pixel = images[(((((sample * s.Channels) + channel) * s.Height) + row) * s.Width) + column];
                    result[i] += (double)pixel * weights[(output * s.Channels * 9) + tap];
                }
            }
        }

        return result;
    }

    private readonly record struct Shape(int Samples, int Channels, int Outputs, int Height, int Width);
}
