using TensorGraph.Runtime.Kernels.Convolutions;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class SeparableFilterTests
{
    private static readonly float[] s_usual = Outer([0.25f, 0.75f, 0.75f, 0.25f], [0.25f, 0.75f, 0.75f, 0.25f]);

    [Fact]
    public void The_usual_filter_has_exact_factors()
    {
        SeparableFilter filter = SeparableFilter.Of([.. s_usual, .. s_usual])!;
        Assert.Equal([0.25f, 0.75f, 0.75f, 0.25f], filter.Column);
        Assert.Equal([0.25f, 0.75f, 0.75f, 0.25f], filter.Row);
    }

    [Fact]
    public void Factors_may_be_negative_and_differ()
    {
        float[] taps = Outer([-1f, 2f, 0f, 0.5f], [3f, -0.25f, 0f, 1f]);
        SeparableFilter filter = SeparableFilter.Of(taps)!;
        float[] product = Outer(filter.Column, filter.Row);
        Assert.All(taps.Zip(product), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-6f));
    }

    [Fact]
    public void Channels_with_different_filters_have_none_in_common() =>
        Assert.Null(SeparableFilter.Of([.. s_usual, .. s_usual.Select(t => t * 2)]));

    [Theory]
    [InlineData(0, 0.07f)]
    [InlineData(5, float.NaN)]
    [InlineData(10, float.PositiveInfinity)]
    public void A_filter_that_is_no_outer_product_has_no_factors(int place, float tap)
    {
        float[] taps = [.. s_usual];
        taps[place] = tap;
        Assert.Null(SeparableFilter.Of(taps));
    }

    [Fact]
    public void A_filter_of_zeros_has_no_factors() => Assert.Null(SeparableFilter.Of(new float[16]));

    private static float[] Outer(float[] column, float[] row) => [.. column.SelectMany(_ => row, (c, r) => c * r)];
}
