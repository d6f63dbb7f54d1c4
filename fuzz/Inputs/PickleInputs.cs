using System.Text;

namespace Fuzz.Inputs;

/// <summary>Pickles that are damaged, that ask for much, or that nest.</summary>
internal static class PickleInputs
{
    private const string Kind = "pickle";

    // A network up to the value of its static_kwargs, and from there on; see pickletools.
    private const string Head = "cx\nNetwork\n)\u0081q\u0001}(X\u000f\0\0\0build_func_nameX\u0006\0\0\0G_main"
        + "X\u0004\0\0\0nameX\u0002\0\0\0GsX\u0007\0\0\0versionK\u0004X\t\0\0\0variables]X\n\0\0\0components}X\r\0\0\0static_kwargs";

    private const string Tail = "ub.";

    // A network up to the value of its only component; no marks, as their number is limited.
    private const string Component = "cx\nNetwork\n)\u0081}X\u000f\0\0\0build_func_nameX\u0006\0\0\0G_mains"
        + "X\u0004\0\0\0nameX\u0002\0\0\0GssX\u0007\0\0\0versionK\u0004sX\t\0\0\0variables]sX\r\0\0\0static_kwargs}sX\n\0\0\0components}"
        + "X\u0001\0\0\0c";

    internal static IEnumerable<HostileInput> All(int each)
    {
        int turn = 0;
        foreach (string sample in new[] { "pickle/network-2.pkl", "pickle/network-4.pkl", "cases/not-square/20x12.pkl" })
        {
            byte[] whole = Samples.Golden(sample.Split('/'));
            string of = Path.GetFileNameWithoutExtension(sample);
            foreach ((string name, Func<byte[]> content) in Damage.Of(whole, each))
            {
                yield return NetworkCommands.Input(Kind, $"{of}-{name}", "network.pkl", content, turn++);
            }
        }

        foreach ((string name, Func<byte[]> content) in Crafted())
        {
            yield return NetworkCommands.Input(Kind, name, "network.pkl", content, turn++);
        }
    }

    private static IEnumerable<(string Name, Func<byte[]> Content)> Crafted()
    {
        yield return ("marks", () => Repeated("(", 1_000_000, "."));
        yield return ("tuples-in-tuples", () => [(byte)'N', .. Repeated("\u0085", 1_000_000, ".")]);
        yield return ("lists-in-lists", () => [.. Repeated("]", 200_000, ""), .. Repeated("a", 199_999, ".")]);
        yield return ("settings-nested", () => Latin1($"{Head}{new string(']', 100_000)}{new string('a', 99_999)}{Tail}"));
        yield return ("settings-in-themselves", () => Latin1($"{Head}}}q\0X\u0001\0\0\0ah\0s{Tail}"));
        yield return ("settings-doubled", () => Latin1($"{Head}]q\0{string.Concat(Enumerable.Repeat("0]h\0ah\0aq\0", 60))}{Tail}"));
        yield return ("runs-a-command", () => "cos\nsystem\n(S'touch /tmp/never'\ntR."u8.ToArray());
        yield return ("settings-run", () => Latin1($"{Head}cos\nsystem\n(S'true'\ntR{Tail}"));
        yield return ("within-itself", () => Latin1($"{Head.Replace("components}", "components}X\u0001\0\0\0ah\u0001s")}}}{Tail}"));
        yield return ("components-in-components", () => Latin1($"{Repeat(Component, 50_000)}N{Repeat("ssb", 50_000)}."));
        yield return ("bytes-of-2^62", () => [0x80, 4, 0x8e, .. Damage.Long(1L << 62), (byte)'.']);
        yield return ("text-of-2^62", () => [0x80, 4, 0x8d, .. Damage.Long(1L << 62), (byte)'.']);
        yield return ("text-of-2^31", () => [0x80, 2, (byte)'X', 0xff, 0xff, 0xff, 0x7f, (byte)'.']);
        yield return ("frame-of-2^62", () => [0x80, 4, 0x95, .. Damage.Long(1L << 62), (byte)'N', (byte)'.']);
        yield return ("integer-of-2^31", () => [0x80, 2, 0x8b, 0xff, 0xff, 0xff, 0x7f, (byte)'.']);
        yield return ("integer-of-a-million-digits", () => Latin1($"I{new string('9', 1_000_000)}\n."));
        yield return ("memo-of-2^31", () => [(byte)'N', (byte)'r', 0xff, 0xff, 0xff, 0x7f, (byte)'.']);
        yield return ("memo-of-many", () => Repeated("N\u0094", 500_000, "."));
        yield return ("array-of-2^60", () => Latin1(Array("(L1152921504606846976L\nt", "(I3\n(L1152921504606846976L\nt")));
        yield return ("array-of-many-axes", () => Latin1(Array("(I1\nt", $"(I3\n({string.Concat(Enumerable.Repeat("I1\n", 500))}t")));
        yield return ("array-with-negative-axis", () => Latin1(Array("(I1\nt", "(I3\n(I-5\nt")));
        yield return ("protocol-200", () => [0x80, 200, (byte)'N', (byte)'.']);
        yield return ("empty", () => []);
        yield return ("zeros", () => new byte[100_000]);
        yield return ("text-without-end", () => Latin1($"S'{new string('x', 1_000_000)}"));
    }

    private static string Array(string first, string state) =>
        $"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n{first}S'b'\ntR{state}cnumpy\ndtype\n(S'f4'\nI0\nI1\ntRI00\nS'abcd'\ntb.";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static byte[] Repeated(string text, int count, string end) => Latin1(Repeat(text, count) + end);

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);
}
