using System.IO.Compression;
using System.Text;

namespace Fuzz.Inputs;

/// <summary>Files of PyTorch that are damaged, or whose tensors claim what is not there.</summary>
internal static class TorchInputs
{
    private const string Kind = "torch";

    internal static IEnumerable<HostileInput> All(int each)
    {
        int turn = 0;
        (string Name, byte[] Content)[] samples =
        [
            ("legacy.pth", File.ReadAllBytes(Path.Combine(Samples.Repository, "fuzz/corpus/torch/tensors-legacy.pth"))),
            ("zip.pth", File.ReadAllBytes(Path.Combine(Samples.Repository, "fuzz/corpus/torch/tensors.pth"))),
            ("generator.pkl", File.ReadAllBytes(Path.Combine(Samples.Repository, "fuzz/corpus/pickle/torch-generator.pkl"))),
            ("tuned.pt", Samples.Golden("cases", "torch", "tuned_generator.pt")),
            ("rosinality.pt", Samples.Golden("rosinality", "a.pt")),
        ];
        foreach ((string file, byte[] whole) in samples)
        {
            foreach ((string name, Func<byte[]> content) in Damage.Of(whole, each))
            {
                yield return NetworkCommands.Input(Kind, $"{file}-{name}", file, content, turn++);
            }
        }

        foreach ((string name, string tensor) in Tensors())
        {
            yield return NetworkCommands.Input(Kind, name, "zip.pt", () => Zip(tensor, CompressionLevel.NoCompression, 24), turn++);
        }

        string whole24 = Tensor(6, "I2\nI3\n", "I3\nI1\n");
        yield return NetworkCommands.Input(Kind, "compressed-pickle", "zip.pt", () => Zip(whole24, CompressionLevel.Optimal, 24), turn++);
        yield return NetworkCommands.Input(Kind, "storage-bomb", "zip.pt", () => Zip(whole24, CompressionLevel.Optimal, 1 << 28), turn);
    }

    private static IEnumerable<(string Name, string Tensor)> Tensors()
    {
        yield return ("view-of-1e9", Tensor(1, "I1000000000\n", "I0\n"));
        yield return ("view-of-1e9-squared", Tensor(1, "I1000000000\nI1000000000\n", "I0\nI0\n"));
        yield return ("negative-stride", Tensor(6, "I6\n", "I-1\n"));
        yield return ("negative-size", Tensor(6, "I-6\n", "I1\n"));
        yield return ("beyond-the-storage", Tensor(6, "I7\n", "I1\n"));
        yield return ("storage-of-2^60", Tensor(1L << 60, "I6\n", "I1\n"));
        yield return ("offset-of-2^60", Tensor(6, "I6\n", "I1\n", offset: 1L << 60));
        string ones = string.Concat(Enumerable.Repeat("I1\n", 1000));
        yield return ("many-axes", Tensor(6, ones, ones));
    }

    private static string Tensor(long count, string shape, string strides, long offset = 0) =>
        $"}}S'conv1.conv.weight'\nctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nL{count}L\ntQ"
        + $"L{offset}L\n({shape}t({strides}tI00\nccollections\nOrderedDict\n)RtRs.";

    private static byte[] Zip(string pickle, CompressionLevel compression, int storageSize) => Packed.Zip(
        compression, ("archive/data.pkl", Encoding.Latin1.GetBytes(pickle)), ("archive/byteorder", "little"u8.ToArray()),
        ("archive/data/0", new byte[storageSize]));
}
