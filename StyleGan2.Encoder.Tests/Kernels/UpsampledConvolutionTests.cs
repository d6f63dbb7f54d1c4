using CsCheck;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Kernels.Convolutions;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class UpsampledConvolutionTests
{
    private const double Bound = 2e-6;

    [Fact]
    public void It_is_the_convolution_and_the_filter_in_double_precision_to_two_millionths_of_the_largest_value() =>
        Gen.Select(Gen.Int[1, 2], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 6], Gen.Int[0, 1000])
            .Sample((samples, channels, outputs, height, eighths, seed) =>
                IsWithinBound(new ResampledPictures(samples, channels, outputs, height, 8 * eighths), seed), iter: 40, threads: 1);

    [Theory]
    [InlineData(3, 70, 130, 16)]
    [InlineData(20, 5, 129, 40)]
    [InlineData(600, 3, 6, 24)]
    [InlineData(600, 3, 3, 136)]
    public void It_is_right_where_sections_and_windows_meet(int channels, int outputs, int height, int width) =>
        Assert.True(IsWithinBound(new ResampledPictures(1, channels, outputs, height, width), seed: 1));

    private static bool IsWithinBound(ResampledPictures pictures, int seed)
    {
        System.Random random = new(seed);
        float[] images = RandomFloats.Next(random, pictures.SmallSize), weights = RandomFloats.Next(random, pictures.WeightsSize);
        double[] expected = pictures.Upsampled(images, weights);
        PolyphaseWeights packed = new(weights, pictures.Small, pictures.Large);
        SeparableFilter filter = SeparableFilter.Of(ResampledPictures.Filter)!;
        UpsampledConvolution kernel = new(packed, filter, pictures.Height, pictures.Width, new Scratch());
        float[] found = KernelModel.Run(
            KernelOperators.Upsampled, kernel, (images, [pictures.Samples, pictures.Small, pictures.Height, pictures.Width]));
        double largest = expected.Max(Math.Abs);
        return expected.Zip(found, (e, f) => Math.Abs(e - f)).All(d => d <= Bound * largest);
    }
}
