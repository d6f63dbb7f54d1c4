using CsCheck;
using DatasetTool.Export;

namespace StyleGan2.Encoder.Tests.Export;

public sealed class ImagePyramidTests
{
    [Fact]
    public void Levels_are_the_references_formula_at_every_size() =>
        Gen.Select(Gen.Int[3, 8], Gen.Bool.Select(isGray => isGray ? 1 : 3), Gen.Int[0, int.MaxValue]).Sample(
            (log2, channels, seed) =>
            {
                int size = 1 << log2;
                byte[] pixels = Pixels(channels * size * size, seed);
                byte[][] levels = Compute(pixels, channels, size);
                Assert.All(Expected(pixels, channels, size), (expected, level) => Assert.Equal(expected, levels[level]));
            },
            iter: 60);

    /// <summary>Beyond eight halvings the means of float32 values are no longer exact, and the order of the sums shows.</summary>
    [Fact]
    public void Levels_of_4096_pixels_round_where_the_reference_does()
    {
        byte[] pixels = Pixels(4096 * 4096, 5);
        byte[][] levels = Compute(pixels, 1, 4096);
        Assert.All(Expected(pixels, 1, 4096), (expected, level) => Assert.Equal(expected, levels[level]));
    }

    /// <summary>Four means of 256 x 256 pixels whose sum is rounded otherwise in any other order.</summary>
    [Theory]
    [InlineData(2048, 16020403, 11643500, 15042318, 15096533, 221)]
    [InlineData(4096, 16020403, 11643500, 15042318, 15096533, 221)]
    [InlineData(2048, 12076832, 13316711, 10701894, 5978675, 161)]
    [InlineData(4096, 12076832, 13316711, 10701894, 5978675, 161)]
    public void Four_values_are_added_in_the_references_order(
        int size, int topLeft, int topRight, int bottomLeft, int bottomRight, byte mean)
    {
        int[] sums = [topLeft, topRight, bottomLeft, bottomRight];
        byte[] pixels = new byte[size * size];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, size);
            (int whole, int rest) = Math.DivRem(sums[(y / 256 % 2 * 2) + (x / 256 % 2)], 256 * 256);
            pixels[i] = (byte)(whole + ((y % 256 * 256) + (x % 256) < rest ? 1 : 0));
        }

        Assert.All(Compute(pixels, 1, size)[8], value => Assert.Equal(mean, value));
    }

    [Theory]
    [InlineData(0, 0, 0, 2, 0)]
    [InlineData(1, 1, 2, 2, 2)]
    [InlineData(2, 2, 3, 3, 2)]
    [InlineData(254, 255, 255, 254, 254)]
    [InlineData(255, 255, 255, 255, 255)]
    public void Halves_are_rounded_to_even(byte a, byte b, byte c, byte d, byte mean)
    {
        byte[] pixels =
            [.. Enumerable.Range(0, 64).Select(i => (i / 8 % 2, i % 2) switch { (0, 0) => a, (0, _) => b, (_, 0) => c, _ => d })];
        Assert.All(Compute(pixels, 1, 8)[0], value => Assert.Equal(mean, value));
    }

    private static byte[] Pixels(int count, int seed)
    {
        byte[] pixels = new byte[count];
        new System.Random(seed).NextBytes(pixels);
        return pixels;
    }

    private static byte[][] Compute(byte[] pixels, int channels, int size)
    {
        byte[][] levels = [.. Sizes(size).Select(s => new byte[channels * s * s])];
        ImagePyramid.Compute(pixels, channels, size, [.. levels.Select(l => l.AsMemory())]);
        return levels;
    }

    private static IEnumerable<byte[]> Expected(byte[] pixels, int channels, int size)
    {
        float[] values = [.. pixels.Select(p => (float)p)];
        foreach (int half in Sizes(size))
        {
            float[] means = new float[channels * half * half];
            for (int i = 0; i < means.Length; i++)
            {
                int at = (4 * (i - (i % half))) + (2 * (i % half));
                float sum = values[at] + values[at + 1];
                sum += values[at + (2 * half)];
                sum += values[at + (2 * half) + 1];
                means[i] = sum * 0.25f;
            }

            values = means;
            yield return [.. means.Select(m => (byte)Math.Clamp(MathF.Round(m, MidpointRounding.ToEven), 0, 255))];
        }
    }

    private static IEnumerable<int> Sizes(int size)
    {
        for (int half = size / 2; half >= 4; half /= 2)
        {
            yield return half;
        }
    }
}
