using System.Buffers.Binary;
using System.Text;
using TensorGraph.Records;

namespace Fuzz.Inputs;

/// <summary>TFRecord files that are damaged, and records with right check sums whose content lies.</summary>
internal static class RecordInputs
{
    private const string Kind = "tfrecord";
    private const string Prefix = "tfrecords-r";

    private static readonly string[][] s_commands =
    [
        ["verify", "{in}"], ["info", "{in}"], ["extract", "{in}", "{out}/extracted"], ["create_from_tfrecords", "{out}/made", "{in}"],
        ["display", "{in}", "--html", "{out}/page.html"],
    ];

    private static readonly string[] s_levels = ["02", "03", "04", "05"];

    internal static IEnumerable<HostileInput> All(int each)
    {
        int turn = 0;
        foreach (string level in new[] { "02", "05" })
        {
            string file = $"{Prefix}{level}.tfrecords";
            foreach ((string name, Func<byte[]> content) in Damage.Of(Samples.Golden("dataset", "rgb_png_32", "tfrecords", file), each))
            {
                yield return Folder(Kind, $"{level}-{name}", turn++, (file, content));
            }
        }

        foreach ((string name, Func<byte[]> content) in Crafted())
        {
            yield return Folder(Kind, name, turn++, ($"{Prefix}05.tfrecords", content));
        }
    }

    /// <summary>A dataset with one file in another's place, given to the command whose turn it is.</summary>
    internal static HostileInput Folder(string kind, string name, int turn, (string Path, Func<byte[]> Content) changed)
    {
        IEnumerable<(string, Func<byte[]>)> whole = s_levels.Select(l => $"{Prefix}{l}.tfrecords").Append($"{Prefix}xx.labels")
            .Where(f => f != changed.Path).Select(f => (f, Content(f)));
        return new HostileInput(kind, name, "dataset_tool", s_commands[turn % s_commands.Length], [.. whole, changed]);

        static Func<byte[]> Content(string file) => () => Samples.Golden("dataset", "rgb_png_32", "tfrecords", file);
    }

    private static IEnumerable<(string Name, Func<byte[]> Content)> Crafted()
    {
        yield return ("no-records", () => []);
        yield return ("record-of-2^60", () => [.. Framed(new byte[4], length: 1L << 60)]);
        yield return ("record-of-2^31", () => [.. Framed(new byte[4], length: (1L << 31) - 1)]);
        yield return ("empty-record", () => Framed([]));
        yield return ("shape-of-1e9", () => Framed(Example(new byte[12], [1_000_000_000, 1_000_000_000, 3])));
        yield return ("negative-shape", () => Framed(Example(new byte[12], [-3, -2, 2])));
        yield return ("no-shape", () => Framed(Example(new byte[12], [])));
        yield return ("shape-of-many-axes", () => Framed(Example(new byte[12], new long[10_000])));
        yield return ("not-square", () => Framed(Example(new byte[24], [3, 2, 4])));
        yield return ("sides-of-3", () => Framed(Example(new byte[27], [3, 3, 3])));
        yield return ("messages-in-messages", () => Framed(Nested(200_000)));
        yield return ("numbers-without-end", () => Framed([0x0a, .. Enumerable.Repeat((byte)0xff, 100_000)]));
        yield return ("gzip-bomb", () => Packed.Gzip(new byte[1 << 28]));
        yield return ("gzip-of-one-record-of-256-MB", () => Packed.Gzip(Framed(new byte[1 << 28])));
        yield return ("gzip-cut", () => Packed.Gzip(Framed(Example(new byte[48], [3, 4, 4])))[..^9]);
        yield return ("many-empty-records", () => [.. Enumerable.Repeat(Framed([]), 50_000).SelectMany(r => r)]);
        yield return ("a-picture-in-a-record", () => Framed(Samples.Golden("pictures", "2x2-1x1-1x1.jpg")));
    }

    private static byte[] Framed(byte[] data, long? length = null)
    {
        byte[] head = new byte[12], tail = new byte[4];
        BinaryPrimitives.WriteInt64LittleEndian(head, length ?? data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), Crc32C.ComputeMasked(head.AsSpan(0, 8)));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Crc32C.ComputeMasked(data));
        return [.. head, .. data, .. tail];
    }

    /// <summary>An example with <c>data</c> and <c>shape</c>.</summary>
    private static byte[] Example(byte[] data, long[] shape)
    {
        byte[] bytes = Field(1, Field(1, data));
        byte[] numbers = Field(3, Field(1, [.. shape.SelectMany(d => Varint((ulong)d))]));
        return Field(1, [.. Entry("data", bytes), .. Entry("shape", numbers)]);

        static byte[] Entry(string name, byte[] feature) => Field(1, [.. Field(1, Encoding.ASCII.GetBytes(name)), .. Field(2, feature)]);
    }

    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    /// <summary>Groups, which are messages without a length, opened and never closed.</summary>
    private static byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)0x0b, depth)];
}
