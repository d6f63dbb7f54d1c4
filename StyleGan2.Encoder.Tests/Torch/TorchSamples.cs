using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StyleGan2.Encoder.Tests.Torch;

/// <summary>Makes files as PyTorch's <c>torch.save</c> writes them, of tensors described in the pickle's text operations.</summary>
internal static class TorchSamples
{
    private static readonly byte[] s_magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>The call that makes a tensor on storage 0.</summary>
    internal static string Tensor(string storageClass, int count, int[] shape, int[] strides, int offset = 0, string? dtype = null)
    {
        string function = dtype is null ? "v2" : "v3", last = dtype is null ? "" : $"ctorch\n{dtype}\n";
        string storage = $"(S'storage'\nctorch\n{storageClass}\nS'0'\nS'cpu'\nI{count}\ntQ";
        return $"ctorch._utils\n_rebuild_tensor_{function}\n({storage}I{offset}\n{Tuple(shape)}{Tuple(strides)}"
            + $"I00\nccollections\nOrderedDict\n)R{last}tR";
    }

    /// <summary>A dictionary of one tensor.</summary>
    internal static string StateDict(string tensor) => $"}}S'x'\n{tensor}s.";

    /// <summary>The zip format.</summary>
    internal static byte[] Zip(string pickle, byte[] storage, bool isBigEndian = false,
        CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("archive/data.pkl", Encoding.Latin1.GetBytes(pickle));
            Add("archive/byteorder", isBigEndian ? "big"u8 : "little"u8);
            Add("archive/data/0", storage);

            void Add(string name, ReadOnlySpan<byte> content)
            {
                using Stream entry = zip.CreateEntry(name, compression).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>The format before the zip files.</summary>
    internal static byte[] Legacy(string pickle, byte[] storage, long count, bool isBigEndian = false)
    {
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, count);
        string machine = $"}}S'little_endian'\nI0{(isBigEndian ? 0 : 1)}\ns.";
        return [.. s_magic, .. "I1001\n."u8, .. Encoding.Latin1.GetBytes(machine), .. Encoding.Latin1.GetBytes(pickle), .. "(lS'0'\na."u8,
            .. length, .. storage];
    }

    private static string Tuple(int[] values) => $"({string.Concat(values.Select(v => $"I{v}\n"))}t";
}
