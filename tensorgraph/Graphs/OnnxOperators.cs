using System.Collections.Frozen;

namespace TensorGraph.Graphs;

/// <summary>The ONNX operators that graphs are made of. ONNX Runtime's CUDA execution provider has a kernel for every one.</summary>
internal static class OnnxOperators
{
    /// <summary>The ONNX operator set that models declare.</summary>
    internal const int OpsetVersion = 20;

    /// <summary>The ONNX intermediate representation version that models declare.</summary>
    internal const int IrVersion = 9;

    /// <summary>Every operator that may be emitted.</summary>
    internal static FrozenSet<string> Emitted { get; } = FrozenSet.Create(
        "Abs", "Add", "And", "AveragePool", "Cast", "Ceil", "Clip", "Concat", "Constant", "Conv", "ConvTranspose", "Cos", "CumSum",
        "DepthToSpace", "Div", "Elu", "Equal", "Exp", "Expand", "Floor", "Gather", "Greater", "GreaterOrEqual", "HardSigmoid", "Identity",
        "LeakyRelu", "Less", "LessOrEqual", "Log", "MatMul", "Max", "MaxPool", "Min", "Mul", "Neg", "Not", "Or", "Pad", "Pow",
        "ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum", "Reciprocal", "Relu", "Reshape", "Resize", "Round", "Selu", "Shape",
        "Sigmoid", "Sign", "Sin", "Slice", "Softplus", "SpaceToDepth", "Sqrt", "Sub", "Tanh", "Tile", "Transpose", "Unsqueeze", "Where");

    internal static void Check(string type)
    {
        if (!Emitted.Contains(type))
        {
            throw new ArgumentException($"{type} is not among the ONNX operators that graphs are made of", nameof(type));
        }
    }
}
