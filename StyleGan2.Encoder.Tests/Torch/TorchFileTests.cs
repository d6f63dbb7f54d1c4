using System.IO.Compression;
using System.Runtime.InteropServices;
using Dnnlib.Torch;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Torch;

public sealed class TorchFileTests : IDisposable
{
    private static readonly byte[] s_sixFloats = [.. MemoryMarshal.AsBytes((ReadOnlySpan<float>)[0, 1, 2, 3, 4, 5])];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, byte[], double[]> DataTypes => new()
    {
        { "FloatStorage", Bytes<float>(1.5f, -2), [1.5, -2] },
        { "DoubleStorage", Bytes(1.5, -2), [1.5, -2] },
        { "HalfStorage", Bytes((Half)1.5, (Half)(-2)), [1.5, -2] },
        { "BFloat16Storage", Bytes<ushort>(0x3fc0, 0xc000), [1.5, -2] },
        { "ByteStorage", Bytes<byte>(1, 255), [1, 255] },
        { "CharStorage", Bytes<sbyte>(1, -1), [1, -1] },
        { "ShortStorage", Bytes<short>(1, -300), [1, -300] },
        { "IntStorage", Bytes(1, -70000), [1, -70000] },
        { "LongStorage", Bytes(1, -(1L << 40)), [1, -(1L << 40)] },
        { "BoolStorage", Bytes<byte>(0, 1), [0, 1] },
    };

    [Theory]
    [MemberData(nameof(DataTypes))]
    public void Every_element_type_is_read_in_both_formats(string storage, byte[] data, double[] expected)
    {
        string pickle = TorchSamples.StateDict(TorchSamples.Tensor(storage, 2, [2], [1]));
        Assert.Equal(expected, Golden.Doubles(Only(TorchSamples.Zip(pickle, data))));
        Assert.Equal(expected, Golden.Doubles(Only(TorchSamples.Legacy(pickle, data, 2))));
    }

    [Fact]
    public void Element_types_without_a_storage_class_of_their_own_are_read()
    {
        string pickle = TorchSamples.StateDict(TorchSamples.Tensor("UntypedStorage", 4, [2], [1], dtype: "uint16"));
        Assert.Equal([1, 65535], Only(TorchSamples.Zip(pickle, Bytes<ushort>(1, 65535))).Values<ushort>());
    }

    [Fact]
    public void Storages_of_a_big_endian_machine_are_read()
    {
        byte[] data = [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0];
        string pickle = TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 2, [2], [1]));
        Assert.Equal([1.5f, -2], Only(TorchSamples.Zip(pickle, data, isBigEndian: true)).Values<float>());
        Assert.Equal([1.5f, -2], Only(TorchSamples.Legacy(pickle, data, 2, isBigEndian: true)).Values<float>());
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 3, 1 }, 0, new float[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(new[] { 3, 2 }, new[] { 1, 3 }, 0, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(new[] { 2, 2 }, new[] { 2, 1 }, 2, new float[] { 2, 3, 4, 5 })]
    [InlineData(new[] { 2 }, new[] { 2 }, 1, new float[] { 1, 3 })]
    [InlineData(new[] { 2, 3 }, new[] { 0, 1 }, 3, new float[] { 3, 4, 5, 3, 4, 5 })]
    [InlineData(new[] { 1, 2, 1 }, new[] { 99, 1, 99 }, 4, new float[] { 4, 5 })]
    [InlineData(new int[] { }, new int[] { }, 5, new float[] { 5 })]
    [InlineData(new[] { 0, 7 }, new[] { 7, 1 }, 0, new float[] { })]
    public void Views_of_storages_come_in_row_major_order(int[] shape, int[] strides, int offset, float[] expected)
    {
        NDArray array = Only(TorchSamples.Zip(TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, shape, strides, offset)),
            s_sixFloats));
        Assert.Equal([.. shape.Select(d => (long)d)], array.shape);
        Assert.Equal(expected, array.Values<float>());
    }

    [Fact]
    public void Files_that_were_packed_again_are_read()
    {
        string pickle = TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [6], [1]));
        Assert.Equal([0, 1, 2, 3, 4, 5],
            Only(TorchSamples.Zip(pickle, s_sixFloats, compression: CompressionLevel.Optimal)).Values<float>());
    }

    [Fact]
    public void Parameters_are_the_tensors_in_them()
    {
        string tensor = TorchSamples.Tensor("FloatStorage", 6, [6], [1]);
        string parameter = $"ctorch._utils\n_rebuild_parameter\n({tensor}I01\nccollections\nOrderedDict\n)RtR";
        Assert.Equal(6, Only(TorchSamples.Zip(TorchSamples.StateDict(parameter), s_sixFloats)).size);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [7], [1])),
            "shape [7], strides [1] and offset 0 reaches beyond its storage of 6 elements" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [2], [1], -1)), "reaches beyond its storage" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [2], [-1], 5)), "reaches beyond its storage" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [int.MaxValue, int.MaxValue, 3], [0, 0, 0])),
            "reaches beyond its storage" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [50_000_000], [0])), "far more memory than its" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [6], [1, 1])), "a tensor has 1 dimensions and 2 strides" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 5, [5], [1])), "a storage has" },
        { TorchSamples.StateDict(TorchSamples.Tensor("QInt8Storage", 24, [6], [1])),
            "a storage of class torch.QInt8Storage, which is not supported" },
        { TorchSamples.StateDict(TorchSamples.Tensor("UntypedStorage", 24, [6], [1], dtype: "float8_e5m2")),
            "elements of type torch.float8_e5m2, which is not supported" },
        { TorchSamples.StateDict("I5\n"), "a tensor for x is expected where it has a number" },
        { TorchSamples.StateDict("cos\nsystem\n(S'id'\ntR"),
            "a tensor for x is expected where it asks for os.system(...); nothing was run" },
        { "ctorchvision.models.vgg\nVGG\n)R.",
            "a dictionary of tensors is expected where it asks for torchvision.models.vgg.VGG(...); nothing was run" },
        { TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [6], [1]).Replace("storage'", "module'", StringComparison.Ordinal)),
            "is no storage of PyTorch" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_a_state_dict_is_refused_in_one_line(string pickle, string message)
    {
        string path = _folder.Write("bad.pth", TorchSamples.Zip(pickle, s_sixFloats));
        string error = Assert.Throws<InvalidDataException>(() => TorchFile.LoadStateDict(path)).Message;
        Assert.Contains(message, error, StringComparison.Ordinal);
        AssertOneLine(path, error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_cut_off_anywhere_is_an_error(bool isZip)
    {
        byte[] whole = Sample(isZip);
        for (int length = 0; length < whole.Length; length++)
        {
            string path = _folder.Write("cut.pth", whole[..length]);
            AssertOneLine(path, Assert.Throws<InvalidDataException>(() => TorchFile.LoadStateDict(path)).Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flipped_bit_is_an_error_or_leaves_a_tensor(bool isZip)
    {
        byte[] whole = Sample(isZip);
        for (int bit = 0; bit < whole.Length * 8; bit += 7)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _folder.Write("flipped.pth", damaged);
            try
            {
                Assert.All(TorchFile.LoadStateDict(path), t => Assert.InRange(t.Value.size, 0, 24));
            }
            catch (InvalidDataException e)
            {
                AssertOneLine(path, e.Message);
            }
        }
    }

    private static byte[] Sample(bool isZip)
    {
        string pickle = TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [6], [1]));
        return isZip ? TorchSamples.Zip(pickle, s_sixFloats) : TorchSamples.Legacy(pickle, s_sixFloats, 6);
    }

    private static void AssertOneLine(string path, string message)
    {
        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    private NDArray Only(byte[] file)
    {
        string path = _folder.Write("tensor.pth", file);
        Assert.True(TorchFile.Is(path));
        return Assert.Single(TorchFile.LoadStateDict(path)).Value;
    }

    private static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
