using TensorGraph.Graphs;

namespace TensorGraph.Runtime;

/// <summary>Tells runs apart that need models of their own: what is fetched, what is fed, and which way conditionals went.</summary>
internal sealed class RunSignature : IEquatable<RunSignature>
{
    private readonly object[] _parts;
    private readonly int _hash;

    internal RunSignature(IEnumerable<Fetch> fetches, IEnumerable<Tensor> fed, IEnumerable<Tensor>? branches = null)
    {
        IEnumerable<object> fetched = fetches.Select(f => (object?)f.Tensor ?? f.Operation);
        _parts = [.. fetched, "fed", .. fed.OrderBy(t => t.Operation.Id).ThenBy(t => t.Index), "branches", .. branches ?? []];
        _hash = _parts.Aggregate(_parts.Length, HashCode.Combine);
    }

    public bool Equals(RunSignature? other) => other is not null && _parts.AsSpan().SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as RunSignature);

    public override int GetHashCode() => _hash;
}
