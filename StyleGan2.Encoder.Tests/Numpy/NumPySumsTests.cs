using CsCheck;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Numpy;

/// <summary>Sums whose last bits depend on the order of adding, as NumPy 1.24 made them.</summary>
public sealed class NumPySumsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(7, 1137372599)]
    [InlineData(8, 1141328164)]
    [InlineData(9, 1143186578)]
    [InlineData(15, 1149178441)]
    [InlineData(16, 1150065518)]
    [InlineData(17, 1150743113)]
    [InlineData(127, 1175428535)]
    [InlineData(128, 1175538102)]
    [InlineData(129, 1175625289)]
    [InlineData(136, 1176199314)]
    [InlineData(137, 1176255050)]
    [InlineData(144, 1176756517)]
    [InlineData(255, 1183799369)]
    [InlineData(256, 1183823944)]
    [InlineData(257, 1183837330)]
    [InlineData(264, 1184060489)]
    [InlineData(1000, 1200410734)]
    [InlineData(1001, 1200417462)]
    [InlineData(4097, 1217399214)]
    public void A_sum_has_NumPys_bits(int count, int bits) =>
        Assert.Equal(bits, BitConverter.SingleToInt32Bits(NumPySums.Sum(Values(count))));

    [Fact]
    public void A_sum_of_repeated_rows_has_the_bits_of_the_sum_of_all() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 300], Gen.Int[1, 9]).Sample((rows, width, times) =>
        {
            float[] values = Values(rows * width);
            float[] all = [.. values.Chunk(width).SelectMany(row => Enumerable.Repeat(row, times).SelectMany(r => r))];
            return NumPySums.SumOfRepeatedRows(values, width, times).Equals(NumPySums.Sum(all));
        });

    [Fact]
    public void A_mean_of_rows_has_NumPys_bits() =>
        Assert.Equal([1115849980, 1116420230, 1116990476], NumPySums.MeanOfRows(Values(33), 11).Select(BitConverter.SingleToInt32Bits));

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => i * 7919 % 1009 / 7f)];
}
