using System.Text;
using CsCheck;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using StyleGan2.Encoder.Tests.Infrastructure;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Pickle;

/// <summary>
/// Files made to run something, to fill the memory or to never end, and files that are damaged: each is an error of one line, and no more.
/// </summary>
public sealed class HostilePickleTests
{
    private const string RunsASystemCommand = "cos\nsystem\n(S'touch /tmp/owned'\ntR.";

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "cut off or damaged: at byte 0 of 0" },
        { "<html>", "3c is no operation; is this file a pickle?" },
        { "\u0080\u0006.", "protocol 6 is newer than 5" },
        { ".", "an operation finds no object" },
        { "NN.", "it ends with more than one object" },
        { "0.", "an operation finds no object" },
        { "t.", "an operation finds no mark" },
        { "N(\u0085.", "an operation finds too few objects" },
        { "h\u0005.", "nothing was remembered as number 5" },
        { "K\u0001K\u0002a.", "elements are appended to what is no list" },
        { "K\u0001(K\u0002K\u0003u.", "entries are set on what is no dictionary" },
        { "}(K\u0002u.", "a key has no value" },
        { "}NNs.", "None is the key of an entry" },
        { "K\u0001}b.", "an object that has no state is given one" },
        { "\u0082\u0001.", "82 is no operation" },
        { "\u0097.", "97 is no operation" },
        { "I12x\n.", "an integer has other characters than digits" },
        { "Fhello\n.", "the text of a number cannot be read as a number" },
        { "S'open\n.", "a string is not in quotes" },
        { "S'\\x1'\n.", "an escape in a string is not complete" },
        { "V\\U00110000\n.", "an escape is no character" },
        { "X\u0002\0\0\0\u00ff\u00ff.", "a text is not valid UTF-8" },
        { "K\u0001K\u0002\u0093.", "the name of a class or function is expected" },
        { "cnumpy\ndtype\n(S'q9'\ntR.", "there is no dtype numpy.q9" },
        { "cnumpy\ndtype\n(tR.", "argument 1 of numpy.dtype is missing or of another kind" },
        { "ccollections\nOrderedDict\nNR.", "the arguments of collections.OrderedDict are no tuple" },
        { "ccollections\nOrderedDict\n(K\u0001tR.", "is made of neither a dictionary nor pairs" },
        { "c_codecs\nencode\n(X\u0003\0\0\0\u00e4\u00b8\u00adX\u0006\0\0\0latin1tR.", "other characters than Latin-1's" },
        { "c_codecs\nencode\n(S'x'\nS'rot13'\ntR.", "another encoding than Latin-1" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_not_well_formed_is_an_error_that_says_where(string pickle, string message) => AssertRefused(Bytes(pickle), message);

    [Theory]
    [InlineData("B\u00ff\u00ff\u00ff\u00ff.")]
    [InlineData("X\u00ff\u00ff\u00ff\u007f.")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff.")]
    [InlineData("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\0\0\0\0.")]
    [InlineData("\u0096\u00ff\u00ff\u00ff\u00ff\u00ff\0\0\0.")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.")]
    public void A_length_beyond_the_end_of_the_file_is_an_error_before_any_memory_is_taken(string pickle) =>
        AssertRefused(Bytes(pickle), "more bytes are needed");

    [Fact]
    public void An_integer_of_very_many_digits_is_refused() =>
        AssertRefused([0x8b, 0, 0, 0, 1, .. new byte[1 << 20]], "longer than any that is used");

    [Fact]
    public void Marks_without_end_are_refused() =>
        AssertRefused(Enumerable.Repeat((byte)'(', 2000).ToArray(), "nested more than 1000 deep");

    [Theory]
    [InlineData("]")]
    [InlineData("}")]
    [InlineData("N")]
    [InlineData("N\u0085")]
    [InlineData("]0")]
    [InlineData("2")]
    public void Objects_without_end_are_refused_before_they_fill_the_memory(string repeated)
    {
        byte[] pickle = [(byte)'N', .. Enumerable.Repeat(Bytes(repeated), 3_000_000 / repeated.Length).SelectMany(b => b)];
        AssertRefused(pickle, "far more memory than its");
    }

    [Fact]
    public void Copies_of_one_long_list_are_refused_before_they_fill_the_memory()
    {
        byte[] list = [(byte)']', (byte)'q', 0, (byte)'(', .. Enumerable.Repeat((byte)'N', 10_000), (byte)'e'];
        byte[] copies = [.. Enumerable.Repeat(Bytes("c__builtin__\nset\nh\0\u0085R0"), 10_000).SelectMany(b => b)];
        AssertRefused([.. list, .. copies], "far more memory than its");
    }

    [Fact]
    public void Many_arrays_of_the_same_bytes_are_refused_before_they_fill_the_memory()
    {
        byte[] bytes = [(byte)'B', 0, 0, 1, 0, .. new byte[1 << 16], (byte)'q', 0, (byte)'0'];
        byte[] dtype = Bytes("cnumpy\ndtype\n(S'u1'\ntRq\u00010");
        byte[] array = Bytes("cnumpy.core.multiarray\n_reconstruct\n)R(K\u0001J\0\0\u0001\0\u0085h\u0001\u0089h\0tb0");
        AssertRefused([.. bytes, .. dtype, .. Enumerable.Repeat(array, 1000).SelectMany(b => b)], "far more memory than its");
    }

    [Theory]
    [InlineData("K\u0002", "does not fit the 4 bytes that it has")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ff", "does not fit the 4 bytes that it has")]
    [InlineData("\u008a\u0008\0\0\0\0\0\0\0\u0040", "does not fit the 4 bytes that it has")]
    [InlineData("S'x'\n", "the shape of an array is no short list of whole numbers")]
    public void An_array_whose_shape_does_not_fit_its_data_is_refused(string size, string message)
    {
        string pickle = $"cnumpy.core.multiarray\n_reconstruct\n)R(K\u0001{size}\u0085cnumpy\ndtype\n(S'f4'\ntR\u0089C\u0004abcdtb.";
        AssertRefused(Bytes(pickle), message);
    }

    [Fact]
    public void A_dtype_that_changes_after_its_array_was_made_changes_nothing_in_the_array()
    {
        string pickle = "cnumpy\ndtype\n(S'S4'\ntRq\u00010"
            + "cnumpy.core.multiarray\n_reconstruct\n)R(K\u0001K\u0001\u0085h\u0001\u0089C\u0004abcdtbq\u0002"
            + "0h\u0001(K\u0003S'|'\nNNNJ\0\0\0\u0040K\u0001K\0tb0h\u0002.";
        PickleArray array = Assert.IsType<PickleArray>(Read(Bytes(pickle)));
        Assert.Equal(4, array.DType.ItemSize);
    }

    [Fact]
    public void A_call_of_anything_unknown_is_kept_and_not_made()
    {
        PickleObject call = Assert.IsType<PickleObject>(Read(Bytes(RunsASystemCommand)));
        Assert.Equal("os.system", call.Callable!.ToString());
        Assert.Equal(["touch /tmp/owned"], (object?[])call.Arguments!);
    }

    [Fact]
    public void A_file_that_asks_for_os_system_is_refused_as_a_network_by_saying_so()
    {
        string message = Refusal(Bytes(RunsASystemCommand));
        Assert.Equal("bad.pkl: not a file of networks: the network is expected where it asks for os.system(...); nothing was run", message);
    }

    [Fact]
    public void Names_of_what_it_asks_for_are_shown_on_one_short_line()
    {
        byte[] pickle = [0x8c, 200, .. Enumerable.Repeat((byte)'\n', 200), 0x8c, 1, (byte)'x', 0x93, .. ")R."u8];
        string message = Refusal(pickle);
        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 0, 250);
    }

    [Fact]
    public void A_network_within_itself_is_refused()
    {
        string pickle = "cx\nNetwork\n)\u0081q\0}(X\u000f\0\0\0build_func_nameX\u0001\0\0\0GX\u0004\0\0\0nameX\u0001\0\0\0G"
            + "X\u0007\0\0\0versionK\u0004X\r\0\0\0static_kwargs}X\n\0\0\0components}X\u0001\0\0\0ah\0sX\t\0\0\0variables]ub.";
        Assert.Contains("is in the file twice, or within itself", Refusal(Bytes(pickle)), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_double_at_every_level_are_refused()
    {
        // Thirty lists, each holding the one before twice: a thousand million ends, were they followed one by one.
        string doubled = string.Concat(Enumerable.Repeat("0]h\0ah\0aq\0", 30));
        Assert.EndsWith("static_kwargs of G holds more than 1000000 values", Refusal(Network($"]q\0{doubled}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("K\u0006", "network G has layout version 6; 2 to 5 are known")]
    [InlineData("X\u0002\0\0\0\n\n", "network G has layout version unknown; 2 to 5 are known")]
    [InlineData("cos\nsystem\n)R", "network G has layout version unknown; 2 to 5 are known")]
    public void A_layout_version_that_is_not_known_is_refused(string version, string message) =>
        Assert.EndsWith(message, Refusal(Network("N", version)), StringComparison.Ordinal);

    [Fact]
    public void A_name_that_would_break_the_line_is_refused() =>
        Assert.EndsWith(
            "the name of the network is not a name: it must be text without line breaks, at most 200 letters",
            Refusal(Network("N", name: '\n')),
            StringComparison.Ordinal);

    [Fact]
    public void A_setting_that_asks_for_a_call_is_refused_by_saying_so() => Assert.EndsWith(
        "static_kwargs of G is expected where it asks for os.system(...); nothing was run", Refusal(
            Network("cos\nsystem\n)R")), StringComparison.Ordinal);

    [Fact]
    public void Settings_that_contain_themselves_are_refused() =>
        Assert.Contains("nested more than 32 deep", Refusal(Network("]q\0h\0a")), StringComparison.Ordinal);

    [Fact]
    public void Very_deep_nesting_without_marks_does_no_harm()
    {
        byte[] deep = [(byte)'N', .. Enumerable.Repeat((byte)0x85, 200_000), (byte)'.'];
        Assert.Equal("bad.pkl: not a file of networks: it is a tuple of 1; a network file has three networks (G, D, Gs), or one",
            Refusal(deep));
    }

    [Theory]
    [InlineData("network-2.pkl")]
    [InlineData("network-3.pkl")]
    [InlineData("network-4.pkl")]
    [InlineData("plain-0.pkl")]
    public void A_file_cut_off_anywhere_is_an_error(string sample)
    {
        byte[] whole = File.ReadAllBytes(Golden.Path("pickle", sample));
        int step = Math.Max(1, whole.Length / 2000);
        for (int length = 0; length < whole.Length; length += step)
        {
            Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
        }
    }

    [Theory]
    [InlineData("network-2.pkl")]
    [InlineData("network-4.pkl")]
    [InlineData("arrays-5.pkl")]
    [InlineData("plain-0.pkl")]
    [InlineData("plain-4.pkl")]
    [InlineData("python2.pkl")]
    public void Changed_bytes_are_read_or_refused_and_nothing_else(string sample)
    {
        byte[] whole = File.ReadAllBytes(Golden.Path("pickle", sample));
        Gen<(int At, byte Value)[]> changes = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 8];
        changes.Sample(c => AssertReadOrRefused(c.Aggregate((byte[])[.. whole], Changed)), iter: 1000, threads: 1);
    }

    private static byte[] Changed(byte[] bytes, (int At, byte Value) change)
    {
        bytes[change.At] = change.Value;
        return bytes;
    }

    private static void AssertReadOrRefused(byte[] pickle)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _ = Networks(pickle);
        }
        catch (InvalidDataException e)
        {
            AssertOneLine(e.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4 * pickle.Length) + (32 << 20));
    }

    private static void AssertRefused(byte[] pickle, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(pickle));
        AssertOneLine(error.Message);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (4 * pickle.Length) + (32 << 20));
    }

    private static void AssertOneLine(string message)
    {
        Assert.StartsWith("bad.pkl: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    private static string Refusal(byte[] pickle)
    {
        string message = Assert.Throws<InvalidDataException>(() => Networks(pickle)).Message;
        AssertOneLine(message);
        return message;
    }

    /// <summary>A network whose one setting, and whose layout version, are made by the given operations.</summary>
    private static byte[] Network(string setting, string version = "K\u0004", char name = 'G') => Bytes(
        $"cx\nNetwork\n)\u0081}}(X\u000f\0\0\0build_func_nameX\u0001\0\0\0GX\u0004\0\0\0nameX\u0001\0\0\0{name}"
        + $"X\u0007\0\0\0version{version}X\t\0\0\0variables]X\r\0\0\0static_kwargs}}X\u0001\0\0\0k{setting}sub.");

    private static byte[] Bytes(string pickle) => Encoding.Latin1.GetBytes(pickle);

    private static IReadOnlyList<NetworkState?> Networks(byte[] pickle) =>
        NetworkFile.Load(() => new MemoryStream(pickle), "bad.pkl").Networks;

    private static object? Read(byte[] pickle)
    {
        using MemoryStream stream = new(pickle);
        return new PickleReader(stream, "bad.pkl").Read();
    }
}
