using NumSharp;

namespace TensorGraph.Numpy;

/// <summary>NumPy's legacy random streams.</summary>
public sealed class RandomState(uint seed)
{
    private readonly NumPyRandom _random = np.random.RandomState((int)seed);

    /// <summary>Standard normal values, float64.</summary>
    public NDArray Randn(params int[] shape) => _random.randn([.. shape.Select(d => (long)d)]);

    /// <summary>Whole numbers from 0 up to, not including, a limit.</summary>
    public NDArray Randint(long high, params int[] shape) => _random.randint(0, high, new Shape([.. shape.Select(d => (long)d)]));
}
