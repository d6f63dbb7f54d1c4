using CsCheck;
using TensorGraph.Random;

namespace StyleGan2.Encoder.Tests.Random;

public sealed class PhiloxStreamTests
{
    /// <summary>The first word of this stream gives the uniform number 0, whose logarithm TensorFlow keeps finite.</summary>
    [Fact]
    public void A_normal_number_from_a_uniform_zero_is_that_of_one_in_ten_millions()
    {
        float[] values = new float[2];
        new PhiloxStream(1, 6018600).StandardNormal(values);
        Assert.Equal(Math.Sqrt(-2 * Math.Log(1e-7)), Math.Sqrt(values.Sum(v => (double)v * v)), 1e-5);
    }

    [Fact]
    public void Uniform_numbers_are_scaled_and_moved_in_two_roundings() =>
        Gen.Select(Gen.Float[-100, 100], Gen.Float[-100, 100], Gen.ULong).Sample((a, b, seed) =>
        {
            float[] values = new float[7];
            new PhiloxStream((long)seed, 3).Uniform(values, a, b);
            float range = b - a;
            Assert.Equal(
                Words(seed, 3, 7).Select(w => Moved(BitConverter.UInt32BitsToSingle((w & 0x7fffff) | 0x3f800000) - 1f, range, a)), values);
        });

    [Fact]
    public void Whole_numbers_are_the_words_remainders_whatever_the_range() =>
        Gen.Select(Gen.Int, Gen.Int, Gen.ULong).Sample((a, b, seed) =>
        {
            (int min, int max) = a == b ? (a, a + 1) : (Math.Min(a, b), Math.Max(a, b));
            int[] values = new int[5];
            new PhiloxStream((long)seed, 3).UniformInt(values, min, max);
            Assert.Equal(Words(seed, 3, 5).Select(w => (int)(min + (w % ((long)max - min)))), values);
        });

    [Fact]
    public void Long_whole_numbers_are_the_remainders_of_two_words_whatever_the_range() =>
        Gen.Select(Gen.Long, Gen.Long, Gen.ULong).Sample((a, b, seed) =>
        {
            (long min, long max) = a == b ? (0, 1) : (Math.Min(a, b), Math.Max(a, b));
            long[] values = new long[3];
            new PhiloxStream((long)seed, 3).UniformInt(values, min, max);
            uint[] words = [.. Words(seed, 3, 6)];
            Int128 range = (Int128)max - min;
            Assert.Equal(
                Enumerable.Range(0, 3).Select(i => (long)(min + ((words[2 * i] | ((Int128)words[(2 * i) + 1] << 32)) % range))), values);
        });

    private static float Moved(float unit, float range, float min)
    {
        float scaled = unit * range;
        return scaled + min;
    }

    private static IEnumerable<uint> Words(ulong seed, ulong seed2, int count)
    {
        PhiloxWords words = new(new Philox(seed, seed2));
        return [.. Enumerable.Range(0, count).Select(_ => words.Next())];
    }
}
