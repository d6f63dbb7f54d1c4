using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Numpy;

public sealed class RandomStateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(123)]
    [InlineData(4294967295)]
    public void Each_kind_of_draw_is_NumPys_after_the_ones_before(uint seed)
    {
        RandomState random = new(seed);
        AssertSame<double>($"{seed}-randn", random.Randn(3, 7));
        AssertSame<double>($"{seed}-then-randn1", random.Randn(1, 5));
        AssertSame<long>($"{seed}-then-randint", random.Randint(60000, 9));
        AssertSame<double>($"{seed}-then-rand", random.Rand(6));
        NDArray order = np.arange(1001).astype(typeof(long));
        random.Shuffle(order.AsSpan<long>());
        AssertSame<long>($"{seed}-then-shuffle", order);
        AssertSame<double>($"{seed}-then-uniform", random.Uniform(-2, 3, 4));
        AssertSame<long>($"{seed}-then-choice", random.Permutation(50));
        AssertSame<double>($"{seed}-then-normal", random.Normal(1, 2, 3));
    }

    [Fact]
    public void A_long_draw_is_NumPys_from_beginning_to_end()
    {
        double[] drawn = new RandomState(123).Randn(10000, 512).Values<double>();
        double[] head = Expected<double>("123-randn-10000x512-head"), tail = Expected<double>("123-randn-10000x512-tail");
        Assert.Equal(head, drawn[..head.Length]);
        Assert.Equal(tail, drawn[^tail.Length..]);
    }

    [Fact]
    public void Sixty_thousand_numbers_are_shuffled_as_NumPy_does()
    {
        int[] order = [.. Enumerable.Range(0, 60000)];
        new RandomState(123).Shuffle<int>(order);
        Assert.Equal(Expected<int>("123-shuffle-60000"), order);
    }

    [Fact]
    public void Ranges_up_to_32_bits_take_one_word_and_larger_ones_two()
    {
        uint[] words = [2807145907, 882709079, 493951047, 2621574848];
        Assert.Equal(words.Select(w => (long)w), new RandomState(1000).Randint(1L << 32, 4).Values<long>());
        Assert.Equal(words.Select(w => w & 0x7fffffffL), new RandomState(1000).Randint(1L << 31, 4).Values<long>());
        Assert.Equal(
            ((long)words[0] << 32 | words[1]) & long.MaxValue, new RandomState(1000).Randint(long.MaxValue, 1).GetAtIndex<long>(0));
    }

    [Fact]
    public void A_range_of_one_number_takes_no_word()
    {
        RandomState random = new(1000);
        Assert.Equal([0, 0], random.Randint(1, 2).Values<long>());
        Assert.Equal(2807145907, random.Randint(1L << 32, 1).GetAtIndex<long>(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Randint(0, 2));
    }

    private static void AssertSame<T>(string name, NDArray actual)
        where T : unmanaged
    {
        Assert.Equal(Golden.Npy("random", $"numpy-{name}.npy").shape, actual.shape);
        Assert.Equal(Expected<T>(name), actual.Values<T>());
    }

    private static T[] Expected<T>(string name)
        where T : unmanaged => Golden.Npy("random", $"numpy-{name}.npy").Values<T>();
}
