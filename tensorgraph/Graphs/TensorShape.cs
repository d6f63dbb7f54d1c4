using System.Collections;
using System.Runtime.CompilerServices;

namespace TensorGraph.Graphs;

/// <summary>The static shape of a tensor: a known rank, each dimension known or -1.</summary>
[CollectionBuilder(typeof(TensorShape), nameof(Create))]
public sealed class TensorShape : IEquatable<TensorShape>, IReadOnlyList<int>
{
    private readonly int[] _dims;

    /// <summary>A shape with the given dimensions, -1 where unknown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below -1.</exception>
    public TensorShape(params int[] dims)
    {
        ArgumentNullException.ThrowIfNull(dims);
        foreach (int dim in dims)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dim, -1, nameof(dims));
        }

        _dims = dims;
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dims.Length;

    /// <inheritdoc/>
    public int Count => _dims.Length;

    /// <summary>Whether every dimension is known.</summary>
    public bool IsFullyDefined => Array.TrueForAll(_dims, d => d >= 0);

    /// <summary>The number of elements, or null while a dimension is unknown.</summary>
    public long? Elements => IsFullyDefined ? _dims.Aggregate(1L, (n, d) => n * d) : null;

    /// <summary>A dimension; negative indices count from the end. -1 where unknown.</summary>
    public int this[int index] => _dims[index < 0 ? index + _dims.Length : index];

    /// <summary>Makes a shape from a collection expression.</summary>
    public static TensorShape Create(ReadOnlySpan<int> dims) => new(dims.ToArray());

    /// <summary>A shape from its dimensions.</summary>
    public static implicit operator TensorShape(int[] dims) => new(dims);

    /// <summary>Whether two shapes have the same dimensions.</summary>
    public static bool operator ==(TensorShape? left, TensorShape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ in a dimension.</summary>
    public static bool operator !=(TensorShape? left, TensorShape? right) => !(left == right);

    /// <summary>
    /// The shape that two operands broadcast to, by NumPy's rule; an unknown dimension is taken to equal the other one unless that is 1.
    /// </summary>
    /// <returns>The common shape, or null when the two do not broadcast.</returns>
    public static TensorShape? Broadcast(TensorShape a, TensorShape b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        int[] dims = new int[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= dims.Length; i++)
        {
            int da = i <= a.Rank ? a[^i] : 1;
            int db = i <= b.Rank ? b[^i] : 1;
            if (da != db && da > 1 && db > 1)
            {
                return null;
            }

            dims[^i] = da == 1 ? db : db == 1 ? da : Math.Max(da, db);
        }

        return new TensorShape(dims);
    }

    /// <summary>Whether a value of the other shape may stand where this shape is declared.</summary>
    public bool IsCompatibleWith(TensorShape other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rank == other.Rank && _dims.Zip(other._dims).All(p => p.First < 0 || p.Second < 0 || p.First == p.Second);
    }

    /// <summary>The dimensions as an array of their own.</summary>
    public int[] ToArray() => (int[])_dims.Clone();

    /// <summary>A copy with one dimension replaced; negative indices count from the end.</summary>
    public TensorShape With(int index, int dim)
    {
        int[] dims = ToArray();
        dims[index < 0 ? index + dims.Length : index] = dim;
        return new TensorShape(dims);
    }

    /// <inheritdoc/>
    public bool Equals(TensorShape? other) => other is not null && _dims.AsSpan().SequenceEqual(other._dims);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorShape);

    /// <inheritdoc/>
    public override int GetHashCode() => _dims.Aggregate(_dims.Length, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_dims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", _dims.Select(d => d < 0 ? "?" : d.ToString()))}]";
}
