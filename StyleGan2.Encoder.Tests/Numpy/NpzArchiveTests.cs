using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Numpy;

public sealed class NpzArchiveTests : IDisposable
{
    private static readonly (string Name, NDArray Value)[] s_arrays =
        [("weights/a", new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(2, 3)), ("b", new[] { 1L, -1 }.ToNDArray(2))];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_come_back_in_order_as_saved() => AssertSaved(NpzArchive.Load(Save()));

    [Fact]
    public void A_flipped_bit_is_an_error_or_changes_no_value()
    {
        byte[] file = File.ReadAllBytes(Save());
        int errors = 0;
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _folder.Write("flipped.npz", damaged);
            try
            {
                Assert.Equal(s_arrays.SelectMany(a => Bytes(a.Value)), NpzArchive.Load(path).SelectMany(a => Bytes(a.Value)));
            }
            catch (InvalidDataException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
                errors++;
            }
        }

        // Every bit of the arrays' own files is covered by a check sum.
        Assert.InRange(errors, 8 * (128 + 24 + 128 + 16), 8 * file.Length);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_an_error()
    {
        byte[] file = File.ReadAllBytes(Save());
        for (int length = 4; length < file.Length; length++)
        {
            string path = _folder.Write("cut.npz", file[..length]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => NpzArchive.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    private string Save()
    {
        string path = _folder.File("a.npz");
        NpzArchive.Save(path, s_arrays);
        return path;
    }

    private static void AssertSaved(IReadOnlyList<(string Name, NDArray Value)> loaded)
    {
        Assert.Equal(s_arrays.Select(a => a.Name), loaded.Select(a => a.Name));
        Assert.Equal(s_arrays.Select(a => a.Value.shape), loaded.Select(a => a.Value.shape));
        Assert.Equal(s_arrays.SelectMany(a => Bytes(a.Value)), loaded.SelectMany(a => Bytes(a.Value)));
    }

    private static byte[] Bytes(NDArray array) => array.Contiguous().tobytes();
}
