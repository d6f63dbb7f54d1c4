using NumSharp;

namespace TensorGraph.Numpy;

/// <summary>NumPy's legacy random streams.</summary>
public sealed class RandomState(uint seed)
{
    private readonly NumPyRandom _random = np.random.RandomState((int)seed);

    /// <summary>Standard normal values, float64.</summary>
    public NDArray Randn(params int[] shape) => _random.randn([.. shape.Select(d => (long)d)]);
}
