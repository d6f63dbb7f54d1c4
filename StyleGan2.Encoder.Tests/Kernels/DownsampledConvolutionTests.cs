using CsCheck;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Kernels.Convolutions;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class DownsampledConvolutionTests
{
    private const double Bound = 2e-6;

    [Fact]
    public void It_is_the_filter_and_the_convolution_in_double_precision_to_two_millionths_of_the_largest_value() =>
        Gen.Select(Gen.Int[1, 2], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 3], Gen.Int[0, 1000])
            .Sample((samples, outputs, channels, height, sixteenths, seed) =>
                IsWithinBound(new ResampledPictures(samples, outputs, channels, height, 16 * sixteenths), seed), iter: 40, threads: 1);

    [Theory]
    [InlineData(20, 70, 70, 16)]
    [InlineData(5, 200, 9, 48)]
    [InlineData(3, 3, 5, 272)]
    [InlineData(70, 130, 33, 16)]
    public void It_is_right_where_blocks_and_groups_of_channels_meet(int outputs, int channels, int height, int width) =>
        Assert.True(IsWithinBound(new ResampledPictures(1, outputs, channels, height, width), seed: 1));

    private static bool IsWithinBound(ResampledPictures pictures, int seed)
    {
        System.Random random = new(seed);
        float[] images = RandomFloats.Next(random, pictures.LargeSize), weights = RandomFloats.Next(random, pictures.WeightsSize);
        double[] expected = pictures.Downsampled(images, weights);
        PolyphaseWeights packed = new(weights, pictures.Small, pictures.Large);
        SeparableFilter filter = SeparableFilter.Of(ResampledPictures.Filter)!;
        DownsampledConvolution kernel = new(packed, filter, pictures.Height, pictures.Width, new Scratch());
        float[] found = KernelModel.Run(
            KernelOperators.Downsampled, kernel, (images, [pictures.Samples, pictures.Large, 2 * pictures.Height, 2 * pictures.Width]));
        double largest = expected.Max(Math.Abs);
        return expected.Zip(found, (e, f) => Math.Abs(e - f)).All(d => d <= Bound * largest);
    }
}
