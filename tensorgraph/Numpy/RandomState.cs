using NumSharp;

namespace TensorGraph.Numpy;

/// <summary>NumPy's legacy random streams (<c>np.random.RandomState</c>), bit for bit.</summary>
/// <remarks>Written here because NumSharp draws other numbers than NumPy for ranges between 2^31 and 2^32.</remarks>
/// <param name="seed">The seed.</param>
public sealed class RandomState(uint seed)
{
    private readonly MersenneTwister _bits = new(seed);
    private double? _secondGauss;

    /// <summary>The process's own stream (<c>np.random</c>'s functions), seeded as the reference seeds it: 1000.</summary>
    public static RandomState Global { get; set; } = new(1000);

    /// <summary>Standard normal values, float64.</summary>
    public NDArray Randn(params int[] shape) => Draw(shape, Gauss);

    /// <summary>Normal values, float64.</summary>
    /// <param name="loc">Mean.</param>
    /// <param name="scale">Standard deviation.</param>
    /// <param name="shape">Their shape.</param>
    public NDArray Normal(double loc, double scale, params int[] shape) => Draw(shape, () => loc + (scale * Gauss()));

    /// <summary>Uniform values from 0 up to, not including, 1, float64.</summary>
    public NDArray Rand(params int[] shape) => Draw(shape, _bits.NextDouble);

    /// <summary>Uniform values from a limit up to another, float64.</summary>
    public NDArray Uniform(double low, double high, params int[] shape) => Draw(shape, () => low + ((high - low) * _bits.NextDouble()));

    /// <summary>Whole numbers from 0 up to, not including, a limit; int64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public NDArray Randint(long high, params int[] shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(high, 1);
        return Draw(shape, () => (long)_bits.NextUpTo((ulong)high - 1));
    }

    /// <summary>Puts values in random order.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = (int)_bits.NextUpTo((ulong)i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>The numbers from 0 to count - 1 in random order, int64.</summary>
    public NDArray Permutation(int count)
    {
        NDArray values = np.arange(count).astype(typeof(long));
        Shuffle(values.AsSpan<long>());
        return values;
    }

    /// <summary>Marsaglia's polar method, which makes two values at a time; the second is kept.</summary>
    private double Gauss()
    {
        if (_secondGauss is { } kept)
        {
            _secondGauss = null;
            return kept;
        }

        double x, y, square;
        do
        {
            x = (2 * _bits.NextDouble()) - 1;
            y = (2 * _bits.NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _secondGauss = factor * x;
        return factor * y;
    }

    private static NDArray Draw<T>(int[] shape, Func<T> next)
        where T : unmanaged
    {
        NDArray values = np.empty(new Shape([.. shape.Select(d => (long)d)]), typeof(T));
        foreach (ref T value in values.AsSpan<T>())
        {
            value = next();
        }

        GC.KeepAlive(values);
        return values;
    }
}
