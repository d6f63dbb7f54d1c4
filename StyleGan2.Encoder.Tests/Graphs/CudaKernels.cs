using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>
/// The kernels of ONNX Runtime's CUDA execution provider at opset 20, for the element types of this project, as its docs/OperatorKernels.md
/// lists
/// them. Where kernel classes are made for element types, tests hold this table against the provider's library (<see
/// cref="CudaKernelClasses"/>).
/// </summary>
internal static class CudaKernels
{
    private static readonly DataType[] s_floats = [DataType.Float32, DataType.Float64];
    private static readonly DataType[] s_numbers = [DataType.Float32, DataType.Float64, DataType.Int32, DataType.Int64];
    private static readonly DataType[] s_withBytes = [.. s_numbers, DataType.UInt8];
    private static readonly DataType[] s_all = [.. s_withBytes, DataType.Bool];

    /// <summary>The element types of an operator's data, by the operator's name.</summary>
    internal static IReadOnlyDictionary<string, DataType[]> Types { get; } = new Dictionary<string, DataType[]>
    {
        ["Abs"] = s_withBytes,
        ["Add"] = s_withBytes,
        ["And"] = [DataType.Bool],
        ["AveragePool"] = s_floats,
        ["Cast"] = s_all,
        ["Ceil"] = s_floats,
        ["Clip"] = [DataType.Float32, DataType.Float64, DataType.Int64, DataType.UInt8],
        ["Concat"] = s_all,
        ["Conv"] = s_floats,
        ["ConvTranspose"] = s_floats,
        ["Cos"] = s_floats,
        ["CumSum"] = s_numbers,
        ["DepthToSpace"] = s_floats,
        ["Div"] = s_withBytes,
        ["Elu"] = s_floats,
        ["Equal"] = [.. s_numbers, DataType.Bool],
        ["Exp"] = s_floats,
        ["Expand"] = s_all,
        ["Floor"] = s_floats,
        ["Gather"] = s_all,
        ["Greater"] = s_numbers,
        ["GreaterOrEqual"] = s_numbers,
        ["HardSigmoid"] = s_floats,
        ["Identity"] = s_all,
        ["LeakyRelu"] = s_floats,
        ["Less"] = s_numbers,
        ["LessOrEqual"] = s_numbers,
        ["Log"] = s_floats,
        ["MatMul"] = s_floats,
        ["Max"] = s_numbers,
        ["MaxPool"] = [.. s_floats, DataType.UInt8],
        ["Min"] = s_numbers,
        ["Mul"] = s_withBytes,
        ["Neg"] = s_numbers,
        ["Not"] = [DataType.Bool],
        ["Or"] = [DataType.Bool],
        ["Pad"] = [.. s_floats, DataType.Bool],
        ["Pow"] = s_numbers,
        ["Reciprocal"] = s_floats,
        ["ReduceMax"] = s_numbers,
        ["ReduceMean"] = [.. s_floats, DataType.Int32],
        ["ReduceMin"] = s_withBytes,
        ["ReduceSum"] = s_numbers,
        ["Relu"] = s_floats,
        ["Reshape"] = s_all,
        ["Resize"] = [.. s_floats, DataType.Int32, DataType.UInt8],
        ["Round"] = s_floats,
        ["Selu"] = s_floats,
        ["Shape"] = s_all,
        ["Sigmoid"] = s_floats,
        ["Sign"] = s_withBytes,
        ["Sin"] = s_floats,
        ["Slice"] = s_all,
        ["Softplus"] = s_floats,
        ["SpaceToDepth"] = s_floats,
        ["Sqrt"] = s_floats,
        ["Sub"] = s_withBytes,
        ["Tanh"] = s_floats,
        ["Tile"] = s_numbers,
        ["Transpose"] = s_all,
        ["Unsqueeze"] = s_all,
        ["Where"] = s_withBytes,
    };
}
