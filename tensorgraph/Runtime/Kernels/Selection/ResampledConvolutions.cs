using TensorGraph.Graphs;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Puts one kernel in the place of a convolution with stride 2 and the filter before or after it.</summary>
internal sealed class ResampledConvolutions(
    GraphProto graph, IReadOnlyDictionary<string, TensorShape> shapes, ConstantValues constants, Scratch scratch)
{
    private readonly Dictionary<string, NodeProto> _makers = graph.Node.SelectMany(n => n.Output.Select(o => (o, n))).ToDictionary();
    private readonly Dictionary<string, int> _readers =
        graph.Node.SelectMany(n => n.Input).Concat(graph.Output.Select(o => o.Name)).CountBy(n => n).ToDictionary();

    /// <summary>Changes the graph; what the kernels compute stays, without a reader.</summary>
    internal void Apply()
    {
        for (int i = 0; i < graph.Node.Count; i++)
        {
            graph.Node[i] = Upsampled(graph.Node[i]) ?? graph.Node[i];
        }
    }

    /// <summary>A transposed convolution, then a filter.</summary>
    private NodeProto? Upsampled(NodeProto filter)
    {
        return IsFilter(filter, padding: 1)
            && _readers[filter.Input[0]] == 1
            && _makers.GetValueOrDefault(filter.Input[0]) is { OpType: "ConvTranspose" } convolution
            && IsConstant3X3(convolution)
            && ResamplingRule.TakesUpsampling(convolution, shapes.GetValueOrDefault(convolution.Input[0]), shapes[convolution.Input[1]])
            && constants.Convert(filter.Input[1], SeparableFilter.Of) is { } separable
            ? Kernel(KernelOperators.Upsampled, convolution, convolution.Input[0], filter, (weights, images) =>
                new UpsampledConvolution(weights, separable, images[2], images[3], scratch))
            : null;
    }

    private bool IsFilter(NodeProto node, int padding) =>
        node.OpType == "Conv"
        && node.Input.Count == 2
        && constants.IsConstant(node.Input[1])
        && shapes.GetValueOrDefault(node.Input[1]) is [int channels, 1, SeparableFilter.Size, SeparableFilter.Size]
        && node.Longs("group") is [long groups]
        && groups == channels
        && node.Longs("strides").All(s => s == 1)
        && node.Longs("dilations").All(d => d == 1)
        && node.Longs("pads") is [var top, var left, var bottom, var right]
        && (top, left, bottom, right) == (padding, padding, padding, padding);

    private bool IsConstant3X3(NodeProto node) =>
        node.Input.Count == 2
        && constants.IsConstant(node.Input[1])
        && shapes.GetValueOrDefault(node.Input[1]) is [> 0, > 0, 3, 3];

    private NodeProto Kernel(
        string operatorName, NodeProto convolution, string input, NodeProto last, Func<PolyphaseWeights, TensorShape, Kernel> kernel)
    {
        TensorShape weights = shapes[convolution.Input[1]];
        PolyphaseWeights packed = constants.Convert(convolution.Input[1], floats => SharedWeights.Of(
            floats, weights[0], weights[1], (w, small, large) => new PolyphaseWeights(w, small, large)));
        NodeProto node = KernelOperators.Node(operatorName, kernel(packed, shapes[input]));
        node.Name = last.Name;
        node.Input.Add(input);
        node.Output.Add(last.Output);
        return node;
    }
}
