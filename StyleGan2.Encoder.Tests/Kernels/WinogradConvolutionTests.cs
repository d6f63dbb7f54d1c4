using CsCheck;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Kernels.Convolutions;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class WinogradConvolutionTests
{
    /// <summary>The largest error as a part of the largest value, for tiles of 2x2 and of 4x4 pixels.</summary>
    private const double Bound = 2e-6, LargeBound = 4e-6;

    private static readonly Gen<Shape> s_shapes =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 9], Gen.Int[1, 4])
            .Select((samples, channels, outputs, halfHeight, sixteenths) =>
                new Shape(samples, channels, outputs, 2 * halfHeight, 16 * sixteenths));

    private static readonly Gen<Shape> s_largeShapes =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 6], Gen.Int[1, 3])
            .Select((samples, channels, outputs, fourths, widths) => new Shape(samples, channels, outputs, 4 * fourths, 64 * widths));

    [Fact]
    public void It_is_the_convolution_in_double_precision_to_two_millionths_of_the_largest_value() =>
        AssertIsTheConvolution(SmallTiles.Instance, s_shapes, Bound, Winograd);

    [Fact]
    public void Turned_weights_are_those_of_the_gradient() =>
        AssertIsTheConvolution(SmallTiles.Instance, s_shapes, Bound, WinogradOfTurned);

    [Fact]
    public void With_large_tiles_it_is_the_convolution_to_four_millionths_of_the_largest_value()
    {
        Assert.SkipUnless(LargeTiles.IsSupported, "The processor does not have AVX-512.");
        AssertIsTheConvolution(LargeTiles.Instance, s_largeShapes, LargeBound, Winograd);
        AssertIsTheConvolution(LargeTiles.Instance, s_largeShapes, LargeBound, WinogradOfTurned);
    }

    [Fact]
    public void Widths_that_are_no_multiple_of_sixteen_and_odd_heights_do_not_fit() =>
        Assert.Equal(
            [true, false, false, true],
            new[] { (2, 16), (3, 16), (4, 24), (6, 48) }.Select(s => SmallTiles.Instance.Fits(s.Item1, s.Item2)));

    private static void AssertIsTheConvolution(
        WinogradTiling tiling, Gen<Shape> shapes, double bound, Func<WinogradTiling, float[], float[], Shape, float[]> convolve) =>
        Gen.Select(shapes, Gen.Int[0, 1000]).Sample((shape, seed) =>
        {
            System.Random random = new(seed);
            float[] images = RandomFloats.Next(random, shape.Samples * shape.Channels * shape.Height * shape.Width);
            float[] weights = RandomFloats.Next(random, shape.Outputs * shape.Channels * 9);
            double[] expected = Direct(images, weights, shape);
            float[] found = convolve(tiling, images, weights, shape);
            double largest = expected.Max(Math.Abs);
            return expected.Zip(found, (e, f) => Math.Abs(e - f)).All(d => d <= bound * largest);
        }, iter: 30, threads: 1);

    private static float[] Winograd(WinogradTiling tiling, float[] images, float[] weights, Shape s) =>
        Winograd(images, new WinogradWeights(tiling, weights, s.Outputs, s.Channels), s);

    private static float[] WinogradOfTurned(WinogradTiling tiling, float[] images, float[] weights, Shape s) =>
        Winograd(images, new WinogradWeights(tiling, Turned(weights, s.Outputs, s.Channels), s.Channels, s.Outputs).Turned, s);

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
