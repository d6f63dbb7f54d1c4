using System.Numerics;
using System.Text;
using Dnnlib.Pickle;

namespace StyleGan2.Encoder.Tests.Pickle;

/// <summary>What is as large as a limit allows is read, what is larger by one is refused.</summary>
public sealed class PickleLimitsTests
{
    [Fact]
    public void A_thousand_open_marks_are_read()
    {
        Assert.NotNull(Read([.. Enumerable.Repeat((byte)'(', 1000), .. Enumerable.Repeat((byte)'t', 1000), (byte)'.']));
        AssertRefused("nested more than 1000 deep", [.. Enumerable.Repeat((byte)'(', 1001), (byte)'.']);
    }

    [Fact]
    public void An_integer_of_4300_bytes_is_read()
    {
        Assert.Equal(new BigInteger([.. new byte[4299], 1]), Read([0x8b, .. BitConverter.GetBytes(4300), .. new byte[4299], 1, (byte)'.']));
        AssertRefused("an integer of 4301 bytes", [0x8b, .. BitConverter.GetBytes(4301), .. new byte[4301], (byte)'.']);
    }

    [Fact]
    public void A_line_of_4400_bytes_is_read()
    {
        Assert.Equal(new BigInteger(7), new BigInteger((long)Read(Text($"I{new string('0', 4399)}7\n."))!));
        AssertRefused("a line is longer than 4400 bytes", Text($"I{new string('0', 4400)}7\n."));
    }

    [Fact]
    public void An_array_of_more_than_64_dimensions_is_refused()
    {
        byte[] shape = [.. Enumerable.Repeat("K\u0001"u8.ToArray(), 65).SelectMany(b => b)];
        byte[] begin = Text("cnumpy.core.multiarray\n_reconstruct\n)R(K\u0001("), end = Text(
            "tcnumpy\ndtype\n(S'f4'\ntR\u0089C\u0004abcdtb.");
        Assert.Equal(64, Assert.IsType<PickleArray>(Read([.. begin, .. shape[..128], .. end])).Shape.Count);
        AssertRefused("the shape of an array is no short list of whole numbers", [.. begin, .. shape, .. end]);
    }

    [Theory]
    [InlineData("\\1234", "S4")]
    [InlineData("\\12", "\n")]
    [InlineData("\\1", "\u0001")]
    [InlineData("\\377", "\u00ff")]
    [InlineData("\\0008", "\08")]
    public void An_octal_escape_has_three_digits_at_most(string escaped, string expected) =>
        Assert.Equal(expected, Read(Text($"S'{escaped}'\n.")));

    [Fact]
    public void The_number_of_a_remembered_object_is_how_many_were_remembered_before_it()
    {
        object?[] read = Assert.IsType<object?[]>(Read(Text("(K\u0001q\u0005K\u0002\u0094h\u0005h\u0001t.")));
        Assert.Equal([1L, 2L, 1L, 2L], read);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(40_000)]
    public void After_bytes_of_any_length_an_error_tells_its_place(int length)
    {
        byte[] pickle = [(byte)'B', .. BitConverter.GetBytes(length), .. new byte[length], (byte)'0', 0x97];
        AssertRefused($"97 is no operation; is this file a pickle? (byte {length + 6})", pickle);
        AssertRefused($"at byte {length + 11} of {length + 13}", [.. pickle[..^1], (byte)'X', 9, 0, 0, 0, 1, 2]);
    }

    [Fact]
    public void A_text_up_to_the_last_byte_of_the_file_is_read()
    {
        byte[] whole = [0x8d, 3, 0, 0, 0, 0, 0, 0, 0, .. "abc"u8, (byte)'.'];
        Assert.Equal("abc", Read(whole));
        AssertRefused("3 more bytes are needed", whole[..^2]);
        byte[] frame = [0x95, 2, 0, 0, 0, 0, 0, 0, 0, (byte)'N', (byte)'.'];
        Assert.Null(Read(frame));
        AssertRefused("more bytes are needed", [0x95, 3, .. frame[2..]]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(uint.MaxValue)]
    [InlineData(uint.MaxValue + 1L)]
    [InlineData(int.MinValue)]
    [InlineData(int.MinValue - 1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_integer_comes_back_as_written(long value) => Assert.Equal(value, WrittenAndRead(value));

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(5000)]
    public void A_text_comes_back_as_written(int length) =>
        Assert.Equal(new string('x', length), WrittenAndRead(new string('x', length))!.ToString());

    private static object? WrittenAndRead(object value)
    {
        using MemoryStream stream = new();
        PickleWriter writer = new(stream);
        writer.Begin();
        writer.Write(value);
        writer.End();
        return Read(stream.ToArray());
    }

    private static object? Read(byte[] pickle) => new PickleReader(new MemoryStream(pickle), "a.pkl").Read();

    private static void AssertRefused(string message, byte[] pickle) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(pickle)).Message, StringComparison.Ordinal);

    private static byte[] Text(string pickle) => Encoding.Latin1.GetBytes(pickle);
}
