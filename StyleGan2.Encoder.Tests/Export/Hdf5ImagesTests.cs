using System.Buffers.Binary;
using DatasetTool.Sources.Hdf5;
using Imaging;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Export;

/// <summary>Images in HDF5 archives: every way in which h5py stores them is read; what only seems to hold images is refused.</summary>
public sealed class Hdf5ImagesTests : IDisposable
{
    private const int Undefined = -1;

    private static readonly string s_kinds = Golden.Path("dataset", "hdf5", "kinds");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, int, int> Stored => new()
    {
        { "one-piece-earliest", 5, 3, 8 }, { "one-piece-latest", 5, 3, 8 }, { "after-a-block", 5, 3, 8 }, { "compact", 3, 1, 4 },
        { "chunks-earliest", 5, 3, 8 }, { "chunks-latest", 5, 3, 8 }, { "single", 5, 3, 8 }, { "single-gzip", 5, 3, 8 },
        { "implicit", 8, 3, 8 }, { "fixed-plain", 5, 3, 8 }, { "fixed-pages", 1100, 1, 4 }, { "fixed-room", 5, 3, 8 },
        { "growing-plain", 300, 1, 4 }, { "growing-gzip", 150, 1, 4 }, { "growing-rows", 5, 3, 8 }, { "tree-plain", 300, 1, 4 },
        { "tree-gzip", 5, 3, 8 }, { "links-earliest", 3, 3, 8 }, { "links-latest", 3, 3, 8 }, { "many-earliest", 2, 1, 8 },
        { "many-latest", 2, 1, 8 }, { "cycle-earliest", 2, 3, 4 }, { "cycle-latest", 2, 3, 4 },
    };

    public static TheoryData<string, string> Refused => new()
    {
        { "refused-loop-earliest", "link data1 leads back to itself" },
        { "refused-loop-latest", "link data1 leads back to itself" },
        { "refused-other-file-earliest", "data is a link to another file, /etc/passwd; copy what it holds into the archive" },
        { "refused-other-file-latest", "data is a link to another file, /etc/passwd; copy what it holds into the archive" },
        { "refused-other-storage-earliest", "the images of data lie in other files; copy them into the archive" },
        { "refused-other-storage-latest", "the images of data lie in other files; copy them into the archive" },
        { "refused-view", "dataset data is a view of other datasets; copy their images into the archive" },
        { "refused-declared-earliest", "dataset data has no storage for its images of shape [40000000, 1, 4, 4]: they were never written" },
        { "refused-declared-latest", "dataset data has no storage for its images of shape [40000000, 1, 4, 4]: they were never written" },
        { "refused-declared-chunks-earliest", "dataset data has no storage for its images of shape [40000000, 1, 4, 4]: 4000 chunks" },
        { "refused-declared-chunks-latest", "dataset data has no storage for its images of shape [40000000, 1, 4, 4]: 4000 chunks" },
        { "refused-partly", "75 of its 100 chunks were never written; write all of them, or make it smaller" },
        { "refused-lzf", "dataset data is compressed with filter 32000, which is not read; save it again with compression='gzip'" },
        { "none-float", "holds no images (datasets data..., uint8 [images, channels, height, width]); give another archive" },
    };

    public static TheoryData<string> All => [.. Directory.GetFiles(s_kinds).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Stored))]
    public void Images_are_read_however_they_are_stored(string kind, int count, int channels, int side)
    {
        using Hdf5Images images = new(Path.Combine(s_kinds, $"{kind}.h5"));
        Assert.Equal(count, images.Count);
        for (int n = count - 1; n >= 0; n--)
        {
            using Picture picture = images.Read(n);
            Assert.Equal(Expected(n, channels, side), picture.Pixels.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_in_the_archive_is_refused_by_name(string kind, string problem)
    {
        string file = Path.Combine(s_kinds, $"{kind}.h5");
        string message = Assert.Throws<InvalidDataException>(() => new Hdf5Images(file)).Message;
        Assert.StartsWith($"{file}: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_archive_with_a_byte_changed_is_read_or_refused(string kind)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(s_kinds, kind));
        for (int at = 0; at < whole.Length; at += at < 1024 ? 5 : 61)
        {
            byte[] changed = [.. whole];
            changed[at] = (at % 4) switch
            {
                0 => 0x00,
                1 => 0xff,
                2 => 0x01,
                _ => (byte)(whole[at] ^ 0x10),
            };
            ReadOrRefuse(changed);
        }
    }

    [Theory]
    [InlineData("chunks-earliest", "TREE", 24 + 48)]
    [InlineData("many-earliest", "TREE", 24 + 8)]
    [InlineData("tree-plain", "BTIN", Undefined)]
    public void A_tree_that_leads_back_to_itself_is_refused(string kind, string signature, int child)
    {
        byte[] changed = File.ReadAllBytes(Path.Combine(s_kinds, $"{kind}.h5"));
        for (int at = 0; (at = Find(changed, signature, at)) >= 0; at++)
        {
            if (signature == "TREE")
            {
                changed[at + 5] = 5;
                BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(at + child), at);
            }
            else
            {
                // The address of any node within it, as it is not known where the records end.
                int leaf = Find(changed, "BTLF", 0);
                int pointer = changed.AsSpan(at).IndexOf(BitConverter.GetBytes((long)leaf));
                BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(at + pointer), at);
            }
        }

        string file = _folder.Write("changed.h5", changed);
        Assert.Contains("the HDF5 file is damaged", Assert.Throws<InvalidDataException>(() => new Hdf5Images(file)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one-piece-latest")]
    [InlineData("cycle-latest")]
    public void Chunks_of_an_object_header_that_lead_back_to_themselves_are_refused(string kind)
    {
        byte[] changed = File.ReadAllBytes(Path.Combine(s_kinds, $"{kind}.h5"));
        int at = Find(changed, "OHDR", 0), message = at + 23;
        int size = BinaryPrimitives.ReadUInt16LittleEndian(changed.AsSpan(message + 1));
        Assert.InRange(size, 16, 64);
        int part = changed.Length;
        Array.Resize(ref changed, part + 28);
        Continuation(changed.AsSpan(message), part);
        "OCHK"u8.CopyTo(changed.AsSpan(part));
        BinaryPrimitives.WriteInt16LittleEndian(changed.AsSpan(part + 5), 16);
        Continuation(changed.AsSpan(part + 4), part);
        string file = _folder.Write("changed.h5", changed);
        Assert.Contains("its structures lead back to themselves", Assert.Throws<InvalidDataException>(() => new Hdf5Images(file)).Message,
            StringComparison.Ordinal);
    }

    private static void Continuation(Span<byte> message, long address)
    {
        message[0] = 0x10;
        BinaryPrimitives.WriteInt64LittleEndian(message[4..], address);
        BinaryPrimitives.WriteInt64LittleEndian(message[12..], 28);
    }

    private static byte[] Expected(int n, int channels, int side)
    {
        IEnumerable<byte> pixels =
            from c in Enumerable.Range(0, channels)
            from y in Enumerable.Range(0, side)
            from x in Enumerable.Range(0, side)
            select (byte)(((n * 7) + (c * 31) + (y * 5) + (x * 3)) % 251);
        return [.. pixels];
    }

    private static int Find(byte[] content, string signature, int from)
    {
        int at = content.AsSpan(from).IndexOf(System.Text.Encoding.ASCII.GetBytes(signature));
        return at < 0 ? at : from + at;
    }

    private void ReadOrRefuse(byte[] content)
    {
        string file = _folder.Write("changed.h5", content);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using Hdf5Images images = new(file);
            using Picture picture = images.Read(images.Count - 1);
            Assert.InRange(picture.Channels, 1, 3);
        }
        catch (InvalidDataException error)
        {
            Assert.StartsWith($"{file}: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(error.Message, char.IsControl);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 << 20);
    }
}
