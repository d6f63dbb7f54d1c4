namespace TensorGraph.Graphs;

/// <summary>What an operation is, before its graph gives it a name, a device and control inputs.</summary>
/// <param name="Type">ONNX operator name, or the name of a host operation.</param>
/// <param name="Inputs">The tensors that it reads.</param>
/// <param name="Outputs">Element type and static shape of each output.</param>
/// <param name="Attributes">Attribute values: <c>long</c>, <c>float</c>, <c>string</c>, arrays of these, or an <c>NDArray</c>.</param>
/// <param name="Kernel">What runs the operation on the host, for a host operation of its own kind.</param>
public sealed record OperationDefinition(
    string Type,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<(DataType DType, TensorShape Shape)> Outputs,
    IReadOnlyDictionary<string, object>? Attributes = null,
    HostKernel? Kernel = null);
