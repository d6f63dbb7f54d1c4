namespace TensorGraph.Graphs;

/// <summary>What an operation is that ONNX does not have: the session carries it out itself.</summary>
internal abstract class HostOperation
{
    private protected HostOperation(string type) => Type = type;

    /// <summary>Name of the kind of operation, as TensorFlow calls it.</summary>
    internal string Type { get; }
}
