namespace TensorGraph.Graphs;

/// <summary>What an operation is, before its graph gives it a name, a device and control inputs.</summary>
/// <param name="Type">ONNX operator name, or the name of a host operation.</param>
/// <param name="Inputs">The tensors that it reads.</param>
/// <param name="Outputs">Element type and static shape of each output.</param>
/// <param name="Attributes">ONNX attributes: <c>long</c>, <c>float</c>, <c>string</c>, arrays of these, or an <c>NDArray</c>.</param>
public sealed record OperationDefinition(
    string Type,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<(DataType DType, TensorShape Shape)> Outputs,
    IReadOnlyDictionary<string, object>? Attributes = null)
{
    /// <summary>An operation that ONNX does not have.</summary>
    /// <param name="host">What it is.</param>
    /// <param name="inputs">The tensors that it reads.</param>
    /// <param name="outputs">Element type and static shape of each output.</param>
    internal OperationDefinition(
        HostOperation host, IReadOnlyList<Tensor> inputs, IReadOnlyList<(DataType DType, TensorShape Shape)> outputs)
        : this(host.Type, inputs, outputs) => Host = host;

    /// <summary>What a host operation is; null for an ONNX operation.</summary>
    internal HostOperation? Host { get; }

    /// <summary>Whether gradients stop at the operation.</summary>
    internal bool StopsGradient { get; init; }
}
