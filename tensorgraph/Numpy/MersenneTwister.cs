namespace TensorGraph.Numpy;

/// <summary>
/// MT19937 as NumPy seeds and reads it (Matsumoto and Nishimura, "Mersenne twister: a 623-dimensionally equidistributed uniform
/// pseudorandom number generator").
/// </summary>
internal sealed class MersenneTwister
{
    private const int Size = 624;
    private const int Middle = 397;
    private const uint Matrix = 0x9908b0df;
    private const uint UpperBit = 0x80000000;
    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    internal MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++)
        {
            uint before = _state[i - 1];
            _state[i] = (1812433253 * (before ^ (before >> 30))) + i;
        }
    }

    internal uint NextWord()
    {
        if (_next == Size)
        {
            Refill();
        }

        uint word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >> 18);
    }

    /// <summary>The word drawn first is the upper half.</summary>
    internal ulong NextLong() => ((ulong)NextWord() << 32) | NextWord();

    /// <summary>53 random bits as a fraction in [0, 1).</summary>
    internal double NextDouble()
    {
        uint upper = NextWord() >> 5, lower = NextWord() >> 6;
        return ((upper * 67108864.0) + lower) / 9007199254740992.0;
    }

    /// <summary>A whole number from 0 to a limit, the limit included: words under a mask, drawn until one is not above it.</summary>
    internal ulong NextUpTo(ulong limit)
    {
        if (limit == 0)
        {
            return 0;
        }

        ulong mask = ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(limit);
        ulong value;
        do
        {
            value = (limit <= uint.MaxValue ? NextWord() : NextLong()) & mask;
        }
        while (value > limit);
        return value;
    }

    private void Refill()
    {
        for (int i = 0; i < Size; i++)
        {
            uint joined = (_state[i] & UpperBit) | (_state[(i + 1) % Size] & ~UpperBit);
            _state[i] = _state[(i + Middle) % Size] ^ (joined >> 1) ^ ((joined & 1) * Matrix);
        }

        _next = 0;
    }
}
