using System.Collections;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib;

/// <summary>Compares settings by what they hold: arrays and lists by their elements, NDArrays by type, shape and elements.</summary>
internal sealed class StructuralComparer : IEqualityComparer<object?>
{
    internal static StructuralComparer Instance { get; } = new();

    public new bool Equals(object? x, object? y) => (x, y) switch
    {
        (string or EasyDict, _) or (_, string or EasyDict) => object.Equals(x, y),
        (NDArray a, NDArray b) => a.dtype == b.dtype && a.shape.SequenceEqual(b.shape) && HaveSameBytes(a.Contiguous(), b.Contiguous()),
        (NDArray, _) or (_, NDArray) => false,
        (IEnumerable a, IEnumerable b) => a.Cast<object?>().SequenceEqual(b.Cast<object?>(), this),
        _ => object.Equals(x, y),
    };

    public int GetHashCode(object? obj) => obj switch
    {
        null => 0,
        string or EasyDict => obj.GetHashCode(),
        NDArray array => array.shape.Aggregate(array.dtype.GetHashCode(), HashCode.Combine),
        IEnumerable values => values.Cast<object?>().Aggregate(0, (hash, value) => HashCode.Combine(hash, GetHashCode(value))),
        _ => obj.GetHashCode(),
    };

    private static bool HaveSameBytes(NDArray a, NDArray b)
    {
        bool areSame = a.Bytes().SequenceEqual(b.Bytes());
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return areSame;
    }
}
