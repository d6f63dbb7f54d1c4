using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Numpy;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_of_every_element_type_come_back_as_saved()
    {
        AssertSaved(new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(2, 3));
        AssertSaved(new[] { 1.5, 2 }.ToNDArray(2));
        AssertSaved(new byte[] { 1, 2 }.ToNDArray(1, 2, 1));
        AssertSaved(new[] { 1, 2 }.ToNDArray(2));
        AssertSaved(new[] { 1L, 2 }.ToNDArray(2));
        AssertSaved(new[] { true, false }.ToNDArray(2));
        AssertSaved(np.zeros(new Shape(0, 5), typeof(float)));
        AssertSaved(NDArray.Scalar(7f));
    }

    [Fact]
    public void The_other_byte_order_is_read()
    {
        byte[] file = np.save(new[] { 0x01020304 }.ToNDArray(1));
        file[file.AsSpan().IndexOf("<i4"u8)] = (byte)'>';
        Assert.Equal([0x04030201], NpyFile.Load(_folder.Write("a.npy", file)).Values<int>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_of_the_header_is_read(byte version) =>
        Assert.Equal([1f, 2, 3, 4, 5, 6], NpyFile.Load(_folder.Write("a.npy", Npy(version, "False"))).Values<float>());

    [Fact]
    public void An_array_whose_first_index_runs_fastest_is_turned()
    {
        NDArray loaded = NpyFile.Load(_folder.Write("a.npy", Npy(1, "True")));
        Assert.Equal([2L, 3], loaded.shape);
        Assert.Equal([1f, 3, 5, 2, 4, 6], loaded.Values<float>());
    }

    [Fact]
    public void A_header_of_more_than_64_kilobytes_is_an_error()
    {
        string path = _folder.Write("a.npy", Npy(2, "False", padding: 70_000));
        Assert.Contains(
            "its header is not that", Assert.Throws<InvalidDataException>(() => NpyFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_an_error()
    {
        byte[] file = np.save(new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(2, 3));
        for (int length = 0; length < file.Length; length++)
        {
            string path = _folder.Write("cut.npy", file[..length]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => NpyFile.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_in_the_header_is_an_error_or_an_array_within_the_file()
    {
        byte[] file = np.save(new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(2, 3));
        for (int bit = 0; bit < 128 * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _folder.Write("flipped.npy", damaged);
            try
            {
                Assert.InRange(NpyFile.Load(path).size, 0, 24);
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("(99999999999, 5), }")]
    [InlineData("(4611686018427387904, 4), }")]
    [InlineData("(0, 999999999999999999999), }")]
    [InlineData("(-1, 5), }")]
    public void A_shape_beyond_the_file_is_an_error(string shape)
    {
        byte[] file = np.save(new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(2, 3));
        System.Text.Encoding.ASCII.GetBytes(shape).CopyTo(file, file.AsSpan().IndexOf("(2, 3)"u8));
        Assert.Throws<InvalidDataException>(() => NpyFile.Load(_folder.Write("a.npy", file)));
    }

    [Fact]
    public void Elements_that_are_no_numbers_of_tensors_are_refused_by_name()
    {
        byte[] file = np.save(new[] { 1f, 2 }.ToNDArray(2));
        "<f2"u8.CopyTo(file.AsSpan(file.AsSpan().IndexOf("<f4"u8)));
        Assert.Contains(
            "type f2",
            Assert.Throws<InvalidDataException>(() => NpyFile.Load(_folder.Write("a.npy", file))).Message,
            StringComparison.Ordinal);
    }

    private void AssertSaved(NDArray array)
    {
        NDArray loaded = NpyFile.Load(_folder.Write("a.npy", np.save(array)));
        Assert.Equal(array.dtype, loaded.dtype);
        Assert.Equal(array.shape, loaded.shape);
        Assert.Equal(array.Bytes().ToArray(), loaded.Bytes().ToArray());
    }

    private static byte[] Npy(byte version, string isFortran, int padding = 20)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': {isFortran}, 'shape': (2, 3), }}{new string(' ', padding)}\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        byte[] values = [.. new[] { 1f, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes)];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. System.Text.Encoding.ASCII.GetBytes(header), .. values];
    }
}
