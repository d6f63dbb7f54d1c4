using System.Collections.ObjectModel;

namespace TensorGraph.Graphs;

/// <summary>A node of a graph: an ONNX operation, or one of the few that run on the host.</summary>
public sealed class Operation
{
    private static readonly ReadOnlyDictionary<string, object> s_noAttributes = new(new Dictionary<string, object>());

    internal Operation(
        Graph graph, int id, string name, string device, OperationDefinition definition, IReadOnlyList<Operation> controlInputs)
    {
        Graph = graph;
        Id = id;
        Name = name;
        Device = device;
        Type = definition.Type;
        Inputs = definition.Inputs;
        ControlInputs = controlInputs;
        Attributes = definition.Attributes ?? s_noAttributes;
        Host = definition.Host;
        StopsGradient = definition.StopsGradient;
        Outputs = [.. definition.Outputs.Select((o, i) => new Tensor(this, i, o.DType, o.Shape))];
    }

    /// <summary>The graph that owns the operation.</summary>
    public Graph Graph { get; }

    /// <summary>The operation's position in its graph's order of creation.</summary>
    public int Id { get; }

    /// <summary>Unique scoped name, such as <c>G_synthesis/4x4/Conv/mul_1</c>.</summary>
    public string Name { get; }

    /// <summary>The device asked for when the operation was made, such as <c>/cpu:0</c>; empty if none was.</summary>
    public string Device { get; }

    /// <summary>ONNX operator name, or the name of a host operation.</summary>
    public string Type { get; }

    /// <summary>The tensors that the operation reads.</summary>
    public IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>Operations that must have run before this one.</summary>
    public IReadOnlyList<Operation> ControlInputs { get; }

    /// <summary>ONNX attributes: <c>long</c>, <c>float</c>, <c>string</c>, arrays of these, or an <c>NDArray</c>.</summary>
    public IReadOnlyDictionary<string, object> Attributes { get; }

    /// <summary>The tensors that the operation makes.</summary>
    public IReadOnlyList<Tensor> Outputs { get; }

    /// <summary>The only output of an operation that has one.</summary>
    /// <exception cref="InvalidOperationException">The operation has none, or several.</exception>
    public Tensor Output => Outputs.Count == 1 ? Outputs[0] : throw new InvalidOperationException($"{Name} has {Outputs.Count} outputs");

    /// <summary>What a host operation is; null for an ONNX operation.</summary>
    internal HostOperation? Host { get; }

    /// <summary>The C# code of a host operation that has some.</summary>
    internal HostKernel? Kernel => Host as HostKernel;

    /// <summary>Whether gradients stop at the operation.</summary>
    internal bool StopsGradient { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Type}({string.Join(", ", Inputs.Select(i => i.Name))})";

    internal T Attribute<T>(string name) => (T)Attributes[name];
}
