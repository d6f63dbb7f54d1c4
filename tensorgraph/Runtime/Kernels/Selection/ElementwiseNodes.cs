using TensorGraph.Graphs;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels.Elementwise.Loops;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Which nodes of a model fused kernels can compute, and how.</summary>
internal sealed class ElementwiseNodes(IReadOnlyDictionary<string, TensorShape> shapes, ConstantValues constants)
{
    /// <summary>Below this size the calls cost more than the memory's way.</summary>
    private const int LeastSize = 1 << 13;

    private static readonly Dictionary<string, ElementwiseOperation> s_operations = new()
    {
        ["Add"] = ElementwiseOperation.Add,
        ["Sub"] = ElementwiseOperation.Subtract,
        ["Mul"] = ElementwiseOperation.Multiply,
        ["Div"] = ElementwiseOperation.Divide,
        ["Neg"] = ElementwiseOperation.Negate,
        ["Sqrt"] = ElementwiseOperation.SquareRoot,
        ["Reciprocal"] = ElementwiseOperation.Reciprocal,
        ["Relu"] = ElementwiseOperation.Relu,
        ["LeakyRelu"] = ElementwiseOperation.LeakyRelu,
        ["Clip"] = ElementwiseOperation.Clip,
        ["HardSigmoid"] = ElementwiseOperation.HardSigmoid,
    };

    /// <summary>The shape of the feature maps that a node works on; null if no fused kernel computes it.</summary>
    internal TensorShape? MapsOf(NodeProto node)
    {
        bool isPointwise = PointwiseOf(node) is not null;
        bool isKnown = isPointwise || node.OpType == "ReduceSum" || s_operations.ContainsKey(node.OpType);
        if (!isKnown || constants.IsConstant(node.Output[0]))
        {
            return null;
        }

        TensorShape? maps = shapes.GetValueOrDefault(IsSum(node) ? node.Input[0] : node.Output[0]);
        bool fits = maps is { Rank: 4 }
            && maps.IsFullyDefined
            && maps[0] == 1
            && maps.Aggregate(1L, (size, d) => size * d) >= LeastSize
            && (isPointwise || (Operands(node).All(i => ExtentOf(i, maps) is not null) && Instruction(node) is not null));
        return fits ? maps : null;
    }

    /// <summary>Whether a node adds up feature maps or their pixels.</summary>
    internal bool IsSum(NodeProto node) => node.OpType == "ReduceSum" || PointwiseOf(node) is { Spreads: false };

    /// <summary>The 1x1 convolution that a node is; null if it is none with few channels on one side.</summary>
    internal PointwiseConvolution? PointwiseOf(NodeProto node) => PointwiseConvolution.Of(node, shapes);

    /// <summary>The values that a node computes with; the others are settings.</summary>
    internal static IEnumerable<string> Operands(NodeProto node) =>
        node.OpType is "ReduceSum" or "Clip" ? node.Input.Take(1) : node.Input;

    /// <summary>What a value stands for beside feature maps of a shape; null if it does not go with them.</summary>
    internal Extent? ExtentOf(string value, TensorShape maps)
    {
        if (!shapes.TryGetValue(value, out TensorShape? shape) || !shape.IsFullyDefined)
        {
            return null;
        }

        int[] padded = [.. Enumerable.Repeat(1, Math.Max(0, 4 - shape.Rank)), .. shape];
        return padded switch
        {
            [1, 1, 1, 1] => Extent.Scalar,
            _ when padded.SequenceEqual(maps) => Extent.Maps,
            [1, int channels, 1, 1] when channels == maps[1] => Extent.Channels,
            [1, 1, int height, int width] when height == maps[2] && width == maps[3] => Extent.Pixels,
            _ => null,
        };
    }

    /// <summary>A node's operation and numbers, its operands left open; null if they are not constant or not to be had.</summary>
    internal Instruction? Instruction(NodeProto node) => node.OpType switch
    {
        "ReduceSum" => SumOf(node),
        "Clip" => node.Input.Count == 3 && constants.Scalar(node.Input[1]) is { } least && constants.Scalar(node.Input[2]) is { } most
            ? new Instruction(ElementwiseOperation.Clip, default, null, least, most)
            : null,
        "LeakyRelu" => node.Float("alpha", 0.01f) is >= 0 and <= 1 and float alpha
            ? new Instruction(ElementwiseOperation.LeakyRelu, default, null, alpha)
            : null,
        "HardSigmoid" => new Instruction(
            ElementwiseOperation.HardSigmoid, default, null, node.Float("alpha", 0.2f), node.Float("beta", 0.5f)),
        _ => new Instruction(s_operations[node.OpType], default),
    };

    private Instruction? SumOf(NodeProto node) =>
        node.Longs("keepdims") is not [0] && node.Input.Count == 2
            ? constants.Integers(node.Input[1]) switch
            {
                [1] => new Instruction(ElementwiseOperation.SumOverChannels, default),
                [3] => new Instruction(ElementwiseOperation.SumOverRows, default),
                [2, 3] => new Instruction(ElementwiseOperation.SumOverPixels, default),
                _ => null,
            }
            : null;
}
