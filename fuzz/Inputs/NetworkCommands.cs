using System.IO.Compression;

namespace Fuzz.Inputs;

/// <summary>What is done with files of networks.</summary>
internal static class NetworkCommands
{
    private const string Program = "StyleGan2.Encoder";
    private const int LatentSize = 8;

    private static readonly string[][] s_commands =
    [
        ["info", "{in}/FILE"],
        ["convert", "{in}/FILE", "{out}/converted.npz"],
        ["evaluate", "{in}/FILE", "--input", "{in}/latents.npz", "--output", "{out}/images.npz"],
        ["info", "{in}/FILE", "--all"],
        ["convert", "{in}/FILE", "{out}/converted.pkl"],
    ];

    /// <summary>An input to the command whose turn it is.</summary>
    internal static HostileInput Input(string kind, string name, string file, Func<byte[]> content, int turn) =>
        new(kind, name, Program, [.. s_commands[turn % s_commands.Length].Select(a => a.Replace("FILE", file))],
            (file, content), ("latents.npz", Latents));

    /// <summary>An input to the command that builds networks.</summary>
    internal static HostileInput Evaluated(string kind, string name, string file, Func<byte[]> content) =>
        Input(kind, name, file, content, turn: 2);

    private static byte[] Latents()
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': (2, {LatentSize}), }}";
        return Packed.Zip(CompressionLevel.NoCompression, ("latents.npy", ArrayInputs.Npy(header, 2 * LatentSize * sizeof(float))));
    }
}
