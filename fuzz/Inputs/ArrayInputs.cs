using System.IO.Compression;
using System.Text;

namespace Fuzz.Inputs;

/// <summary>NumPy's files: arrays whose headers lie, and archives of them that are damaged or grow when they are unpacked.</summary>
internal static class ArrayInputs
{
    private const string Encoder = "StyleGan2.Encoder";
    private const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    internal static IEnumerable<HostileInput> All(int each)
    {
        byte[] array = Samples.Golden("commands", "project_images", "dst", "a.npy");
        foreach ((string name, Func<byte[]> content) in Damage.Of(array, each).Concat(Arrays()))
        {
            yield return new HostileInput(
                "npy", name, Encoder, ["compare", "{in}/a.npy", "{in}/b.npy"], ("a.npy", content), ("b.npy", () => array));
        }

        byte[] archive = Samples.Golden("cases", "not-square", "expect.npz");
        foreach ((string name, Func<byte[]> content) in Damage.Of(archive, each).Concat(Archives()))
        {
            yield return new HostileInput("npz", name, Encoder,
                ["evaluate", "{in}/network.pkl", "--input", "{in}/input.npz", "--output", "{out}/images.npz"],
                ("input.npz", content), ("network.pkl", () => Samples.Golden("cases", "not-square", "20x12.pkl")));
        }

        byte[] labels = Samples.Golden("dataset", "rgb_png_32", "tfrecords", "tfrecords-rxx.labels");
        foreach ((string name, Func<byte[]> content) in Damage.Of(labels, each).Concat(Arrays()))
        {
            yield return RecordInputs.Folder("labels", name, turn: name.Length, ("tfrecords-rxx.labels", content));
        }
    }

    private static IEnumerable<(string Name, Func<byte[]> Content)> Arrays()
    {
        yield return ("shape-of-2^60", () => Npy(Header.Replace("2, 3", "1152921504606846976,")));
        yield return ("shape-that-overflows", () => Npy(Header.Replace("2, 3", "4294967296, 4294967296")));
        yield return ("shape-of-1e9", () => Npy(Header.Replace("2, 3", "1000000000,")));
        yield return ("negative-shape", () => Npy(Header.Replace("2, 3", "-2, -3")));
        yield return ("shape-of-many-axes", () => Npy(Header.Replace("2, 3", string.Concat(Enumerable.Repeat("1, ", 10_000)))));
        yield return ("no-elements-of-2^60", () => Npy(Header.Replace("2, 3", "0, 1152921504606846976")));
        yield return ("objects", () => Npy(Header.Replace("<f4", "|O")));
        yield return ("structure", () => Npy(Header.Replace("'<f4'", "[('a', '<f4')]")));
        yield return ("code-for-a-shape", () => Npy(Header.Replace("(2, 3)", "__import__('os').system('true')")));
        yield return ("header-of-4-GB", () => [0x93, .. "NUMPY"u8, 2, 0, 0xff, 0xff, 0xff, 0xff, .. "{"u8]);
        yield return ("header-without-end", () => Npy("{'descr': '" + new string('<', 60_000)));
        yield return ("version-9", () => [0x93, .. "NUMPY"u8, 9, 0, 0, 0, 0, 0]);
    }

    private static IEnumerable<(string Name, Func<byte[]> Content)> Archives()
    {
        yield return ("no-entries", () => Zip());
        yield return ("other-entries", () => Zip(("../../latents.npy", "hello"u8.ToArray())));
        yield return ("the-same-twice", () => Zip(("latents.npy", Npy(Header)), ("latents.npy", Npy(Header))));
        yield return ("bomb", () => Zip(("latents.npy", Zeros(1 << 28))));
        yield return ("bomb-of-another-name", () => Zip(("latents.npy", Npy(Header)), ("more.npy", Zeros(1 << 28))));
        yield return ("many-entries", () => Zip([.. Enumerable.Range(0, 20_000).Select(i => ($"a{i}.npy", Npy(Header)))]));
        yield return ("shape-of-2^60", () => Zip(("latents.npy", Npy(Header.Replace("2, 3", "1152921504606846976,")))));
    }

    /// <summary>A .npy file with so many bytes of zeros after its header.</summary>
    internal static byte[] Npy(string header, int size = 24)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. new byte[size]];
    }

    private static byte[] Zeros(int size) => Npy(Header.Replace("2, 3", $"{size / 32}, 8"), size);

    private static byte[] Zip(params (string Name, byte[] Content)[] entries) => Packed.Zip(CompressionLevel.Optimal, entries);
}
