using System.IO.Compression;
using System.Text;
using StyleGan2.Encoder.Tests.Infrastructure;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>What people give as networks and is none: each is called what it is, with the way out, in one line.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private const string WebPage =
        "it is a web page (Google Drive - Quota exceeded), as downloads give that fail; open the address in a browser";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[]> Contents => new()
    {
        { "it is empty; copy or download it again", [] },
        { "it is a web page, as downloads give that fail", Encoding.UTF8.GetBytes("\ufeff \n<HTML><body>") },
        { "get the file itself with: git lfs pull", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"u8.ToArray() },
        { "it is a gzip archive; unpack it", [0x1f, 0x8b, 8, 0] },
        { "it is a bzip2 archive; unpack it", "BZh91AY"u8.ToArray() },
        { "it is an xz archive; unpack it", [0xfd, .. "7zXZ"u8, 0, 0] },
        { "it is a 7-Zip archive; unpack it", [(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c] },
        { "it is a RAR archive; unpack it", "Rar!\x1a\x07\x01"u8.ToArray() },
        { "it is a Zstandard archive; unpack it", [0x28, 0xb5, 0x2f, 0xfd] },
        { "it is a tar archive; unpack it", [.. new byte[257], .. "ustar"u8, .. new byte[250]] },
        { "it is an HDF5 file, as Keras saves weights, which is not read", [0x89, .. "HDF\r\n\u001a\n"u8] },
        { "it is a file of safetensors, which is not read", [9, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":{}}"u8] },
        { "it is a PNG picture", [0x89, .. "PNG\r\n\u001a\n"u8] },
        { "it is a JPEG picture", [0xff, 0xd8, 0xff, 0xe0] },
        { "it is a ZIP archive that holds a.pkl, b.pkl, c.pkl and 1 more; unpack it", Zip("a.pkl", "b.pkl", "c.pkl", "d") },
        { "it is a file of NumPy arrays (w.npy) without the settings of networks", Zip("w.npy") },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_file_is_called_what_it_is(string what, byte[] content)
    {
        string path = _folder.Write("network.pkl", content);
        AssertRefused(path, what);
    }

    [Theory]
    [InlineData("web-page/html.pkl", WebPage)]
    [InlineData("torch/zip_of_a_pickle.zip", "it is a ZIP archive that holds net.pkl; unpack it and give the file of networks in it")]
    public void Files_that_people_reported_are_called_what_they_are(string file, string what) =>
        AssertRefused(Golden.Path("cases", file), what);

    [Theory]
    [InlineData("https://example.com/ffhq.pkl", "it is an address, and nothing is downloaded here; download it and give the file")]
    [InlineData("http://d36zk2xti64re0.cloudfront.net/x.pkl", "it is an address")]
    [InlineData("gdrive:networks/stylegan2-ffhq-config-f.pkl", "download it from "
        + "https://nvlabs-fi-cdn.nvidia.com/stylegan2/networks/stylegan2-ffhq-config-f.pkl and give the file")]
    [InlineData("gdrive:other/x.pkl", "it is a name of a file on NVIDIA's drive, and nothing is downloaded here; download it and give "
        + "the file")]
    public void An_address_is_called_one(string path, string what) => AssertRefused(path, what);

    [Fact]
    public void A_folder_is_called_one() => AssertRefused(_folder.Path, "it is a folder; give a file in it");

    [Theory]
    [InlineData("lpips/vgg16-torchvision.pth", "a dictionary with features.0.weight, features.0.bias, features.2.weight, features.2.bias "
        + "and 24 more")]
    [InlineData("lpips/vgg16-torchvision-legacy.pth", "a dictionary with features.0.weight")]
    public void Another_file_of_PyTorch_is_called_one_with_what_it_holds_and_what_is_read(string file, string holds)
    {
        string path = Golden.Path(file);
        AssertRefused(path, $"it is a file of PyTorch that holds {holds}");
        AssertRefused(
            path, "networks are read from snapshots and generators of stylegan2-ada-pytorch and from checkpoints of rosinality's");
    }

    private static void AssertRefused(string path, string what)
    {
        string message = Assert.Throws<InvalidDataException>(() => NetworkFile.Load(path)).Message;
        Assert.StartsWith($"{path}: not a file of networks: ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    private static byte[] Zip(params string[] names)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Array.ForEach(names, n => zip.CreateEntry(n));
        }

        return file.ToArray();
    }
}
