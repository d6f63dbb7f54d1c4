using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class TakeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(5, 5)]
    [InlineData(9, 5)]
    [InlineData(-1, 5)]
    public void At_most_so_many_elements_come_and_all_for_minus_one(long count, int expected) =>
        Assert.Equal(Enumerable.Range(0, expected).Select(i => (long)i), Numbers.Flat(Numbers.Range(5).Take(count)));

    [Fact]
    public void Nothing_beyond_them_is_made() =>
        Assert.Equal(
            [0, 1], Numbers.Flat(Numbers.Range(5).Map(Numbers.Function(x => x < 2 ? x : throw new InvalidOperationException())).Take(2)));

    [Fact]
    public void Fewer_than_minus_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Range(5).Take(-2));
}
