namespace StyleGan2.Encoder.Tests.Fuzzing;

/// <summary>
/// Changes files as a fuzzer does, the same way in every run: bytes set, swapped for telling values, cut out, repeated, and the end cut
/// off.
/// </summary>
/// <param name="sample">The file to start from.</param>
internal sealed class Mutations(byte[] sample)
{
    private const int MostChanges = 4;
    private const int LongestPart = 64;

    private static readonly byte[] s_telling = [0x00, 0x01, 0x7f, 0x80, 0xff, (byte)'(', (byte)')', (byte)'.', (byte)'R', (byte)'b',
        (byte)'h', (byte)'t', 0x81, 0x93, 0x94];

    private readonly System.Random _random = new(sample.Length);

    /// <summary>The next changed file.</summary>
    internal byte[] Next()
    {
        List<byte> bytes = [.. sample];
        for (int change = _random.Next(MostChanges); change >= 0 && bytes.Count > 0; change--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        int at = _random.Next(bytes.Count), length = Math.Min(1 + _random.Next(LongestPart), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes[at] = s_telling[_random.Next(s_telling.Length)];
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Repeat(s_telling[_random.Next(s_telling.Length)], length));
                break;
            default:
                bytes.RemoveRange(at, _random.Next(8) == 0 ? bytes.Count - at : 1);
                break;
        }
    }
}
