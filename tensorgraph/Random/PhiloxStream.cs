namespace TensorGraph.Random;

/// <summary>The values that one TensorFlow random operation draws, run after run, bit-equal to TensorFlow's CPU kernels.</summary>
/// <param name="seed">The operation's <c>seed</c> attribute.</param>
/// <param name="seed2">The operation's <c>seed2</c> attribute.</param>
internal sealed class PhiloxStream(long seed, long seed2)
{
    /// <summary>Blocks that TensorFlow reserves for each element, so that a run never overlaps the next.</summary>
    private const ulong BlocksPerElement = 256;

    private Philox _next = new((ulong)seed, (ulong)seed2);

    /// <summary>Goes to a run of a stream whose runs all draw the same number of values.</summary>
    /// <param name="run">The next run, from 0.</param>
    /// <param name="elements">How many values each run draws.</param>
    internal void Seek(long run, long elements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(run);
        _next = new Philox((ulong)seed, (ulong)seed2);
        _next.Skip(checked((ulong)run * (ulong)elements * BlocksPerElement));
    }

    /// <summary>One run of RandomStandardNormal: Box-Muller on pairs of words.</summary>
    internal void StandardNormal(Span<float> values)
    {
        PhiloxWords words = Reserve(values.Length);
        for (int i = 0; i < values.Length; i += 2)
        {
            (values[i], float cosine) = BoxMuller(words.Next(), words.Next());
            if (i + 1 < values.Length)
            {
                values[i + 1] = cosine;
            }
        }
    }

    /// <summary>One run of RandomUniform scaled as <c>tf.random_uniform</c> does.</summary>
    internal void Uniform(Span<float> values, float min, float max)
    {
        PhiloxWords words = Reserve(values.Length);
        float range = max - min;
        foreach (ref float value in values)
        {
            value = (ToUnitFloat(words.Next()) * range) + min;
        }
    }

    /// <summary>One run of RandomUniformInt: from <paramref name="min"/> up to, not including, <paramref name="max"/>.</summary>
    internal void UniformInt(Span<int> values, int min, int max)
    {
        PhiloxWords words = Reserve(values.Length);
        uint range = (uint)(max - min);
        foreach (ref int value in values)
        {
            value = (int)(min + (words.Next() % range));
        }
    }

    /// <inheritdoc cref="UniformInt(Span{int}, int, int)"/>
    public void UniformInt(Span<long> values, long min, long max)
    {
        PhiloxWords words = Reserve(values.Length);
        ulong range = (ulong)(max - min);
        foreach (ref long value in values)
        {
            value = min + (long)((words.Next() | ((ulong)words.Next() << 32)) % range);
        }
    }

    private PhiloxWords Reserve(int elements)
    {
        PhiloxWords words = new(_next);
        _next.Skip((ulong)elements * BlocksPerElement);
        return words;
    }

    /// <summary>The word's low 23 bits as the mantissa of a float in [1, 2), less 1.</summary>
    private static float ToUnitFloat(uint word) => BitConverter.UInt32BitsToSingle((word & 0x7fffff) | 0x3f800000) - 1f;

    private static (float Sine, float Cosine) BoxMuller(uint first, uint second)
    {
        float u = Math.Max(ToUnitFloat(first), 1e-7f);
        float angle = (float)(2 * Math.PI * ToUnitFloat(second));
        float radius = MathF.Sqrt(-2f * MathF.Log(u));
        return (MathF.Sin(angle) * radius, MathF.Cos(angle) * radius);
    }
}
