using TensorGraph.Graphs;

namespace TensorGraph.Runtime;

/// <summary>What a run may be asked for: a tensor's value, or an operation's effect.</summary>
public readonly record struct Fetch
{
    private Fetch(Operation operation, Tensor? tensor)
    {
        Operation = operation;
        Tensor = tensor;
    }

    internal Operation Operation { get; }

    /// <summary>The tensor whose value is wanted; null when only the operation's effect is.</summary>
    internal Tensor? Tensor { get; }

    /// <summary>Asks for a tensor's value.</summary>
    public static implicit operator Fetch(Tensor tensor) => FromTensor(tensor);

    /// <summary>Asks for a variable's value.</summary>
    public static implicit operator Fetch(Variable variable) => FromTensor(variable);

    /// <summary>Asks for an operation's effect.</summary>
    public static implicit operator Fetch(Operation operation) => FromOperation(operation);

    /// <summary>Asks for a tensor's value.</summary>
    public static Fetch FromTensor(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new Fetch(tensor.Operation, tensor);
    }

    /// <summary>Asks for an operation's effect.</summary>
    public static Fetch FromOperation(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return new Fetch(operation, null);
    }
}
