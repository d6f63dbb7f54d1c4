using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Runtime;

/// <summary>The values that one run has at hand: what was fed and what host operations made, each once.</summary>
internal sealed class RunState
{
    private readonly Dictionary<Tensor, NDArray> _values = [];

    internal RunState(FeedDict? feeds)
    {
        foreach ((Tensor tensor, NDArray value) in feeds ?? [])
        {
            _values.Add(tensor, Checked(tensor, value));
        }

        Fed = _values.Keys.ToHashSet();
    }

    internal IReadOnlySet<Tensor> Fed { get; }

    /// <summary>The plans that the run uses.</summary>
    internal HashSet<ExecutionPlan> Plans { get; } = new(ReferenceEqualityComparer.Instance);

    internal bool Has(Tensor tensor) => _values.ContainsKey(tensor);

    internal NDArray this[Tensor tensor] => _values[tensor];

    internal NDArray? Find(Tensor tensor) => _values.GetValueOrDefault(tensor);

    internal void Add(Operation operation, NDArray[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            _values.TryAdd(operation.Outputs[i], outputs[i]);
        }
    }

    private static NDArray Checked(Tensor tensor, NDArray value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!tensor.Shape.IsCompatibleWith([.. value.shape.Select(d => checked((int)d))]))
        {
            throw new ArgumentException(
                $"{tensor.Name} has shape {tensor.Shape}; it cannot be fed an array of shape [{string.Join(", ", value.shape)}]");
        }

        return value.ContiguousAs(tensor.DType.ClrType());
    }
}
