using CsCheck;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

public sealed class Crc32CTests
{
    [Fact]
    public void The_check_value_of_the_standard_comes_out() => Assert.Equal(0xE3069283, Crc32C.Compute("123456789"u8));

    [Fact]
    public void Masking_rotates_and_adds() => Assert.Equal(0x2282EAD9u, Crc32C.Mask(0x0000C000));

    [Fact]
    public void Any_bytes_have_the_checksum_that_long_division_gives() =>
        Gen.Byte.Array[0, 10_000].Sample(bytes => Assert.Equal(ByLongDivision(bytes), Crc32C.Compute(bytes)), iter: 100);

    [Fact]
    public void The_ways_to_compute_it_agree() =>
        Gen.Byte.Array[0, 10_000].Sample(
            bytes => Assert.Equal(ByLongDivision(bytes), ~Crc32C.AppendInLanes(uint.MaxValue, bytes)), iter: 100);

    [Fact]
    public void Appending_part_by_part_gives_the_checksum_of_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 10_000], Gen.Double.Unit).Sample(
            (bytes, where) =>
            {
                int cut = (int)(where * bytes.Length);
                Assert.Equal(Crc32C.Compute(bytes), Crc32C.Append(Crc32C.Compute(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
            },
            iter: 100);

    private static uint ByLongDivision(byte[] bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ ((state & 1) * 0x82F63B78);
            }
        }

        return ~state;
    }
}
