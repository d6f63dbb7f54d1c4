using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Fuzz.Inputs;

/// <summary>Pictures that are damaged, or whose headers claim sizes that nobody has.</summary>
internal static class PictureInputs
{
    private static readonly string[] s_samples =
    [
        "rgb.png", "2x2-2x1-2x1.jpg", "2x2-1x1-1x1-progressive.jpg", "rgb.bmp", "rgb-tiff_lzw.tif", "lossy.webp", "comments.ppm",
        "cmyk.tif",
    ];

    internal static IEnumerable<HostileInput> All(int each)
    {
        foreach (string sample in s_samples)
        {
            byte[] whole = Samples.Golden("pictures", sample);
            string kind = Path.GetExtension(sample)[1..];
            foreach ((string name, Func<byte[]> content) in Damage.Of(whole, (each + 1) / 2))
            {
                yield return Input(kind, $"{Path.GetFileNameWithoutExtension(sample)}-{name}", Path.GetExtension(sample), content);
            }
        }

        foreach ((string kind, string name, Func<byte[]> content) in Crafted())
        {
            yield return Input(kind, name, $".{kind}", content);
        }
    }

    private static HostileInput Input(string kind, string name, string extension, Func<byte[]> content) => new(
        kind, name, "dataset_tool", ["create_from_images", "{out}/made", "{in}", "--convert", "rgb", "--resize", "16"],
        ($"a{extension}", content));

    private static IEnumerable<(string Kind, string Name, Func<byte[]> Content)> Crafted()
    {
        yield return ("png", "2^31-by-2^31", () => Png(int.MaxValue, int.MaxValue, new byte[10]));
        yield return ("png", "100000-by-100000", () => Png(100_000, 100_000, new byte[10]));
        yield return ("png", "0-by-0", () => Png(0, 0, new byte[10]));
        yield return ("png", "13000-by-13000-without-pixels", () => Png(13_000, 13_000, new byte[10]));
        yield return ("png", "unpacked-to-256-MB", () => Png(16, 16, new byte[1 << 28]));
        yield return ("png", "a-million-chunks", () => [.. Png(16, 16, new byte[10])[..33], .. Enumerable.Repeat(Chunk("teXt", []), 100_000)
            .SelectMany(c => c)]);
        yield return ("png", "comment-of-256-MB", () => [.. Png(16, 16, new byte[10])[..33],
            .. Chunk("zTXt", [.. "a\0\0"u8, .. Packed.Zlib(new byte[1 << 28])])]);
        yield return ("bmp", "60000-by-60000", () => Replaced("rgb.bmp", 18, [0x60, 0xea, 0, 0, 0x60, 0xea, 0, 0]));
        yield return ("bmp", "as-high-as-can-be", () => Replaced("rgb.bmp", 22, [0, 0, 0, 0x80]));
        yield return ("ppm", "100000-by-100000", () => Encoding.ASCII.GetBytes("P6 100000 100000 255\n"));
        yield return ("ppm", "sizes-that-overflow", () => Encoding.ASCII.GetBytes("P6 4294967297 4294967297 255\n"));
        yield return ("ppm", "13000-by-13000-without-pixels", () => Encoding.ASCII.GetBytes("P6 13000 13000 255\n"));
        yield return ("ppm", "comment-without-end", () => Encoding.ASCII.GetBytes("P6 #" + new string('x', 1_000_000)));
        yield return ("tif", "directory-that-leads-to-itself", Loop);
        yield return ("tif", "entries-of-2^32", () => Damage.Replaced(Loop(), 14, [0xff, 0xff, 0xff, 0xff]));
        yield return ("jpg", "65535-by-65535", Jpeg);
        yield return ("webp", "length-of-4-GB", () => Replaced("lossy.webp", 4, [0xff, 0xff, 0xff, 0xff]));
    }

    private static byte[] Replaced(string sample, int place, byte[] bytes) =>
        Damage.Replaced(Samples.Golden("pictures", sample), place, bytes);

    private static byte[] Png(int width, int height, byte[] pixels)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", Packed.Zlib(pixels)), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data], chunk = new byte[typed.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        typed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(typed));
        return chunk;
    }

    /// <summary>A TIFF file whose only directory is also the next one.</summary>
    private static byte[] Loop() =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 16, 0, 0, 0, 8, 0, 0, 0];

    private static byte[] Jpeg()
    {
        byte[] whole = Samples.Golden("pictures", "2x2-2x1-2x1.jpg");
        int frame = whole.AsSpan().IndexOf(new byte[] { 0xff, 0xc0 });
        return Damage.Replaced(whole, frame + 5, [0xff, 0xff, 0xff, 0xff]);
    }
}
