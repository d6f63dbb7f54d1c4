namespace TensorGraph.Random;

/// <summary>The values that one TensorFlow random operation draws, run after run, bit-equal to TensorFlow's CPU kernels.</summary>
internal sealed class PhiloxStream
{
    /// <summary>Blocks that TensorFlow reserves for each element, so that a run never overlaps the next.</summary>
    private const ulong BlocksPerElement = 256;

    private readonly ulong _seed;
    private readonly ulong _seed2;
    private Philox _next;

    /// <summary>A stream at its first run.</summary>
    /// <param name="seed">The operation's <c>seed</c> attribute.</param>
    /// <param name="seed2">The operation's <c>seed2</c> attribute.</param>
    internal PhiloxStream(long seed, long seed2)
    {
        (_seed, _seed2) = ((ulong)seed, (ulong)seed2);
        _next = new Philox(_seed, _seed2);
    }

    /// <summary>Goes to a run of a stream whose runs all draw the same number of values.</summary>
    /// <param name="run">The next run, from 0.</param>
    /// <param name="elements">How many values each run draws.</param>
    internal void Seek(long run, long elements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(run);
        _next = new Philox(_seed, _seed2);
        _next.Skip(checked((ulong)run * (ulong)elements * BlocksPerElement));
    }

    /// <summary>One run of RandomStandardNormal: Box-Muller on pairs of words.</summary>
    internal void StandardNormal(Span<float> values)
    {
        Philox generator = Reserve(values.Length);
        Span<float> block = stackalloc float[4];
        for (int i = 0; i < values.Length; i += 4)
        {
            (uint w0, uint w1, uint w2, uint w3) = generator.Next();
            BoxMuller(w0, w1, out block[0], out block[1]);
            BoxMuller(w2, w3, out block[2], out block[3]);
            CopyBlock(block, values[i..]);
        }
    }

    /// <summary>One run of RandomUniform scaled as <c>tf.random_uniform</c> does.</summary>
    internal void Uniform(Span<float> values, float min, float max)
    {
        Philox generator = Reserve(values.Length);
        Span<float> block = stackalloc float[4];
        float range = max - min;
        for (int i = 0; i < values.Length; i += 4)
        {
            (uint w0, uint w1, uint w2, uint w3) = generator.Next();
            block[0] = (ToUnitFloat(w0) * range) + min;
            block[1] = (ToUnitFloat(w1) * range) + min;
            block[2] = (ToUnitFloat(w2) * range) + min;
            block[3] = (ToUnitFloat(w3) * range) + min;
            CopyBlock(block, values[i..]);
        }
    }

    /// <summary>One run of RandomUniformInt: from <paramref name="min"/> up to, not including, <paramref name="max"/>.</summary>
    internal void UniformInt(Span<int> values, int min, int max)
    {
        Philox generator = Reserve(values.Length);
        Span<int> block = stackalloc int[4];
        uint range = (uint)(max - min);
        for (int i = 0; i < values.Length; i += 4)
        {
            (uint w0, uint w1, uint w2, uint w3) = generator.Next();
            block[0] = (int)(min + (w0 % range));
            block[1] = (int)(min + (w1 % range));
            block[2] = (int)(min + (w2 % range));
            block[3] = (int)(min + (w3 % range));
            CopyBlock(block, values[i..]);
        }
    }

    /// <inheritdoc cref="UniformInt(Span{int}, int, int)"/>
    public void UniformInt(Span<long> values, long min, long max)
    {
        Philox generator = Reserve(values.Length);
        Span<long> block = stackalloc long[2];
        ulong range = (ulong)(max - min);
        for (int i = 0; i < values.Length; i += 2)
        {
            (uint w0, uint w1, uint w2, uint w3) = generator.Next();
            block[0] = min + (long)((w0 | ((ulong)w1 << 32)) % range);
            block[1] = min + (long)((w2 | ((ulong)w3 << 32)) % range);
            CopyBlock(block, values[i..]);
        }
    }

    private Philox Reserve(int elements)
    {
        Philox generator = _next;
        _next.Skip((ulong)elements * BlocksPerElement);
        return generator;
    }

    private static void CopyBlock<T>(Span<T> block, Span<T> values) => block[..Math.Min(block.Length, values.Length)].CopyTo(values);

    /// <summary>The word's low 23 bits as the mantissa of a float in [1, 2), less 1.</summary>
    private static float ToUnitFloat(uint word) => BitConverter.UInt32BitsToSingle((word & 0x7fffff) | 0x3f800000) - 1f;

    private static void BoxMuller(uint first, uint second, out float sine, out float cosine)
    {
        float u = Math.Max(ToUnitFloat(first), 1e-7f);
        float angle = (float)(2 * Math.PI * ToUnitFloat(second));
        float radius = MathF.Sqrt(-2f * MathF.Log(u));
        sine = MathF.Sin(angle) * radius;
        cosine = MathF.Cos(angle) * radius;
    }
}
