using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class ZipTests
{
    [Fact]
    public void Components_follow_each_other_and_the_shortest_ends_it()
    {
        Dataset dataset = Dataset.Zip(Numbers.Range(5), Numbers.Of(7, 8, 9));
        Assert.Equal([(0, 7), (1, 8), (2, 9)], dataset.Select(e => (e[0].GetAtIndex<long>(0), e[1].GetAtIndex<long>(0))));
        Assert.Equal(2, dataset.OutputTypes.Count);
    }

    [Fact]
    public void A_zip_with_something_empty_is_empty() => Assert.Empty(Dataset.Zip(Numbers.Range(5), Numbers.Of()));

    [Fact]
    public void A_zip_that_ended_stays_at_its_end()
    {
        using IEnumerator<NumSharp.NDArray[]> elements = Dataset.Zip(Numbers.Range(2), Numbers.Range(9)).GetEnumerator();
        Assert.Equal(["0", "1"], Numbers.Outcomes(elements));
        Assert.False(elements.MoveNext());
    }

    [Fact]
    public void Nothing_cannot_be_zipped() => Assert.Throws<ArgumentException>(() => Dataset.Zip());
}
