using System.Numerics;
using Dnnlib.Pickle;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Pickle;

public sealed class PickleReaderTests
{
    public static TheoryData<int> Protocols => [0, 1, 2, 3, 4, 5];

    public static TheoryData<int> ArrayProtocols => [2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Numbers_and_truth_values_are_read(int protocol)
    {
        PickleDict plain = Plain(protocol);
        Assert.Null(Value(plain, "none"));
        Assert.Equal(true, Value(plain, "true"));
        Assert.Equal(false, Value(plain, "false"));
        object[] integers = [0L, 255L, 256L, 65535L, 65536L, -1L, (long)int.MinValue, (long)int.MaxValue, 1L << 40, long.MinValue,
            BigInteger.One << 64, -(BigInteger.One << 200)];
        Assert.Equal(integers, List(plain, "integers"));
        Assert.Equal([0.5, -2.5e300, double.PositiveInfinity, double.NegativeInfinity], List(plain, "floats"));
        Assert.Equal(new Complex(1, 2), Value(plain, "complex"));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Texts_and_bytes_are_read(int protocol)
    {
        PickleDict plain = Plain(protocol);
        string[] texts = ["", "plain", "quote'\"\\n\n\t", "grüß", "中文", "😀", new string('x', 300), new string('y', 5000)];
        Assert.Equal(texts, List(plain, "texts").Select(t => t!.ToString()));
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[][] expected = [[], "abc"u8.ToArray(), all, [.. Enumerable.Repeat(all, 40).SelectMany(b => b)]];
        Assert.Equal(expected, List(plain, "bytes").Select(b => ((ReadOnlyMemory<byte>)b!).ToArray()));
        Assert.Equal("xyz"u8.ToArray(), ((ReadOnlyMemory<byte>)Value(plain, "bytearray")!).ToArray());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Tuples_sets_and_dictionaries_are_read(int protocol)
    {
        PickleDict plain = Plain(protocol);
        object[][] tuples = [[], [1L], [1L, 2L], [1L, 2L, 3L], [1L, 2L, 3L, 4L]];
        Assert.Equal(tuples, List(plain, "tuples").Select(t => (object?[])t!));
        Assert.Equal([7L], ((PickleSet)Value(plain, "set")!).Items);
        Assert.Equal([8L], ((PickleSet)Value(plain, "frozenset")!).Items);
        PickleDict ordered = (PickleDict)Value(plain, "ordered")!;
        Assert.Equal("collections.OrderedDict", ordered.Kind!.ToString());
        Assert.Equal(["b", "a"], ordered.Select(e => e.Key));
        PickleDict keys = (PickleDict)Value(plain, "keys")!;
        Assert.Equal("int", Value(keys, 1L));
        Assert.Equal("bytes", Value(keys, (ReadOnlyMemory<byte>)"b"u8.ToArray()));
        Assert.Equal("float", Value(keys, 2.5));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void An_object_that_is_there_twice_is_one_object(int protocol)
    {
        List<object?> shared = List(Plain(protocol), "shared");
        Assert.Same(shared[0], shared[1]);
    }

    [Theory]
    [MemberData(nameof(ArrayProtocols))]
    public void Arrays_of_every_dtype_in_both_byte_orders_and_layouts_are_read(int protocol)
    {
        PickleDict arrays = (PickleDict)PickleReader.Load(Golden.Path("pickle", $"arrays-{protocol}.pkl"))!;
        Assert.Equal(14 * 2 * 4, arrays.Count);
        foreach ((object key, object? value) in arrays)
        {
            string name = (string)key;
            NDArray array = ((PickleArray)value!).ToNDArray();
            long[] shape = name.EndsWith("-scalar", StringComparison.Ordinal) ? [] : name.EndsWith("-empty", StringComparison.Ordinal) ? [0,
                3] : [2, 3];
            Assert.Equal(shape, array.shape);
            Assert.Equal(ClrType(name[1..].Split('-')[0]), array.dtype);
            Assert.Equal(Expected(name, shape), Complexes(array));
        }
    }

    [Fact]
    public void Element_types_that_are_no_numbers_keep_their_bytes_and_say_so_when_asked_for_numbers()
    {
        PickleDict arrays = (PickleDict)PickleReader.Load(Golden.Path("pickle", "other-dtypes-4.pkl"))!;
        foreach ((object key, object? value) in arrays)
        {
            string message = Assert.Throws<FormatException>(() => ((PickleArray)value!).ToNDArray()).Message;
            Assert.Contains("not numbers", message, StringComparison.Ordinal);
        }

        PickleArray text = (PickleArray)Value(arrays, "S3")!;
        Assert.Equal("|S3", text.DType.ToString());
        Assert.Equal("ab\0xyz"u8.ToArray(), text.Data.ToArray());
        Assert.Equal([null, "x", 3L], ((PickleArray)Value(arrays, "O")!).Objects);
        Assert.Equal(12, ((PickleArray)Value(arrays, "record")!).DType.ItemSize);
    }

    [Fact]
    public void A_text_of_Python_2_is_a_text_and_the_data_of_an_array()
    {
        PickleDict dict = (PickleDict)PickleReader.Load(Golden.Path("pickle", "python2.pkl"))!;
        Assert.Equal("grü", Value(dict, "name"));
        NDArray data = ((PickleArray)Value(dict, "data")!).ToNDArray();
        Assert.Equal([1000, 2], data.shape);
        Assert.Equal([.. Enumerable.Repeat(new[] { 0f, -1.5f }, 1000).SelectMany(v => v)], data.Values<float>());
    }

    [Theory]
    [InlineData("S'a\\x41\\101\\7\\n\\t\\\\\\'\\q'\n.", "aAA\u0007\n\t\\'\\q")]
    [InlineData("S\"it's\"\n.", "it's")]
    [InlineData("Va\\u00fc\\U0001f600\\n\n.", "aü😀\\n")]
    public void Escapes_of_the_text_protocols_are_read(string pickle, string expected)
    {
        using MemoryStream stream = new(System.Text.Encoding.Latin1.GetBytes(pickle));
        Assert.Equal(expected, new PickleReader(stream, "text").Read());
    }

    [Fact]
    public void Pickles_that_follow_one_another_are_read_one_by_one()
    {
        using MemoryStream stream = new("K\x01.K\x02.rest"u8.ToArray());
        PickleReader reader = new(stream, "two");
        Assert.Equal([1L, 2L], [reader.Read(), reader.Read()]);
        Assert.Equal(6, reader.Position);
    }

    [Fact]
    public void An_array_is_the_memory_that_was_read()
    {
        PickleArray array = (PickleArray)Value((PickleDict)PickleReader.Load(Golden.Path("pickle", "arrays-4.pkl"))!, "<f4")!;
        NDArray first = array.ToNDArray(), second = array.ToNDArray();
        first.AsSpan<float>()[0] = 77;
        Assert.Equal(77, second.Values<float>()[0]);
    }

    private static PickleDict Plain(int protocol) => (PickleDict)PickleReader.Load(Golden.Path("pickle", $"plain-{protocol}.pkl"))!;

    private static object? Value(PickleDict dict, object key) =>
        dict.TryGetValue(key, out object? value) ? value : throw new KeyNotFoundException($"{key}");

    private static List<object?> List(PickleDict dict, string key) => (List<object?>)Value(dict, key)!;

    private static Type ClrType(string dtype) => dtype switch
    {
        "b1" => typeof(bool),
        "i1" => typeof(sbyte),
        "u1" => typeof(byte),
        "i2" => typeof(short),
        "u2" => typeof(ushort),
        "i4" => typeof(int),
        "u4" => typeof(uint),
        "i8" => typeof(long),
        "u8" => typeof(ulong),
        "f2" => typeof(Half),
        "f4" => typeof(float),
        "f8" => typeof(double),
        _ => typeof(Complex),
    };

    /// <summary>What make_samples.py puts into an array.</summary>
    private static Complex[] Expected(string name, long[] shape)
    {
        double[] values = shape.Length == 0 ? [4] : [.. Enumerable.Range(0, (int)(shape[0] * shape[1])).Select(i => (double)i)];
        char kind = name[1];
        return Array.ConvertAll(values, v => kind == 'c' ? new Complex(v, -v) : kind == 'b' ? v % 2 : v);
    }

    private static Complex[] Complexes(NDArray array) => array.typecode switch
    {
        NPTypeCode.Complex => array.Values<Complex>(),
        NPTypeCode.Boolean => Array.ConvertAll(array.Values<bool>(), v => (Complex)(v ? 1 : 0)),
        _ => Array.ConvertAll(Golden.Doubles(array), v => (Complex)v),
    };
}
