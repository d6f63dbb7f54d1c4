using TensorGraph.Random;

namespace StyleGan2.Encoder.Tests.Random;

public sealed class PhiloxTests
{
    /// <summary>The answers that the authors of the generator give for its three test inputs.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x0370734413198a2e, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Known_keys_and_counters_give_the_known_answers(ulong key, ulong low, ulong high, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), At(key, low, high).Next());

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData((ulong)uint.MaxValue << 32)]
    [InlineData(ulong.MaxValue - uint.MaxValue - 1)]
    public void Blocks_drawn_one_by_one_are_those_that_a_skip_leads_to(ulong low)
    {
        Philox walking = At(7, low, 11);
        for (ulong i = 0; i < 3; i++)
        {
            Assert.Equal(At(7, low + i, 11).Next(), walking.Next());
        }
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(uint.MaxValue, 1UL << 32)]
    [InlineData(ulong.MaxValue, 0)]
    public void After_two_to_the_64_blocks_the_upper_words_count_on(ulong high, ulong next)
    {
        Philox walking = At(7, ulong.MaxValue, high);
        walking.Next();
        Assert.Equal(At(7, 0, next).Next(), walking.Next());
        Philox skipping = At(7, ulong.MaxValue - 9, high);
        skipping.Skip(10);
        Assert.Equal(At(7, 0, next).Next(), skipping.Next());
        skipping.Skip(ulong.MaxValue);
        Assert.Equal(At(7, 0, next + 1).Next(), skipping.Next());
    }

    [Fact]
    public void Skipping_nothing_changes_nothing()
    {
        Philox generator = At(7, ulong.MaxValue, 11);
        generator.Skip(0);
        Assert.Equal(At(7, ulong.MaxValue, 11).Next(), generator.Next());
    }

    [Fact]
    public void Words_come_in_the_order_of_their_blocks()
    {
        PhiloxWords words = new(new Philox(7, 11));
        Philox blocks = new(7, 11);
        for (int i = 0; i < 3; i++)
        {
            (uint w0, uint w1, uint w2, uint w3) = blocks.Next();
            Assert.Equal([w0, w1, w2, w3], new[] { words.Next(), words.Next(), words.Next(), words.Next() });
        }
    }

    private static Philox At(ulong key, ulong low, ulong high)
    {
        Philox generator = new(key, high);
        generator.Skip(low);
        return generator;
    }
}
