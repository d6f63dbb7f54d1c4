using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class RepeatTests
{
    [Fact]
    public void Passes_follow_each_other() => Assert.Equal([0, 1, 0, 1, 0, 1], Numbers.Flat(Numbers.Range(2).Repeat(3)));

    [Fact]
    public void No_pass_has_no_elements() => Assert.Empty(Numbers.Range(2).Repeat(0));

    [Fact]
    public void Without_a_count_it_does_not_end() => Assert.Equal([0, 1, 0, 1, 0], Numbers.Flat(Numbers.Range(2).Repeat().Take(5)));

    [Fact]
    public async Task An_empty_dataset_repeated_without_end_is_empty() =>
        Assert.Empty(await TimeLimit.Within(() => Numbers.Flat(Numbers.Of().Repeat())));

    [Fact]
    public void A_repeated_shuffle_has_every_element_once_in_each_pass()
    {
        long[] drawn = Numbers.Flat(Numbers.Range(30).Shuffle(7, seed: 5).Repeat(3));
        Assert.All(drawn.Chunk(30), pass => Assert.Equal(Enumerable.Range(0, 30).Select(i => (long)i), pass.Order()));
        Assert.NotEqual(drawn[..30], drawn[30..60]);
    }

    [Fact]
    public void A_shuffled_repetition_mixes_passes()
    {
        long[] drawn = Numbers.Flat(Numbers.Range(10).Repeat(3).Shuffle(30, seed: 5));
        Assert.Equal(30, drawn.Length);
        Assert.NotEqual(10, drawn[..10].Distinct().Count());
    }

    [Fact]
    public void Fewer_than_minus_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Range(5).Repeat(-2));
}
