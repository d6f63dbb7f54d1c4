namespace TensorGraph.Graphs;

/// <summary>What an operation is that ONNX does not have: the session carries it out itself.</summary>
public abstract class HostOperation
{
    private protected HostOperation(string type) => Type = type;

    /// <summary>Name of the kind of operation, as TensorFlow calls it.</summary>
    public string Type { get; }
}
