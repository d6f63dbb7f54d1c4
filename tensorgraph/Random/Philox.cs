namespace TensorGraph.Random;

/// <summary>
/// The Philox4x32-10 counter-based generator as TensorFlow seeds it (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3").
/// </summary>
/// <remarks>The key is the 64-bit seed, the counter's upper half the second seed, its lower half the number of the block.</remarks>
internal struct Philox
{
    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint WeylA = 0x9E3779B9;
    private const uint WeylB = 0xBB67AE85;
    private const int Rounds = 10;

    private readonly ulong _seed;
    private UInt128 _counter;

    /// <summary>A generator at its first block.</summary>
    internal Philox(ulong seed, ulong seed2)
    {
        _seed = seed;
        _counter = new UInt128(seed2, 0);
    }

    /// <summary>Draws one block of four words.</summary>
    internal (uint W0, uint W1, uint W2, uint W3) Next()
    {
        (uint, uint, uint, uint) block = Block(_seed, (ulong)_counter, (ulong)(_counter >> 64));
        Skip(1);
        return block;
    }

    /// <summary>Passes over blocks.</summary>
    internal void Skip(ulong blocks) => _counter += blocks;

    private static (uint W0, uint W1, uint W2, uint W3) Block(ulong seed, ulong low, ulong high)
    {
        uint c0 = (uint)low, c1 = (uint)(low >> 32), c2 = (uint)high, c3 = (uint)(high >> 32);
        uint k0 = (uint)seed, k1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = (ulong)MultiplierA * c0;
            ulong b = (ulong)MultiplierB * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += WeylA;
            k1 += WeylB;
        }

        return (c0, c1, c2, c3);
    }
}
