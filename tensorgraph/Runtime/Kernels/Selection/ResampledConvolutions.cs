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
            NodeProto node = graph.Node[i];
            graph.Node[i] = Upsampled(node) ?? Downsampled(node) ?? node;
        }
    }

    /// <summary>A transposed convolution, then a filter.</summary>
    private NodeProto? Upsampled(NodeProto filter) =>
        IsFilter(filter, padding: 1)
        && OnlyMaker(filter.Input[0]) is { OpType: "ConvTranspose" } convolution
        && IsConstant3X3(convolution)
        && shapes.TryGetValue(convolution.Input[0], out TensorShape? images)
        && ResamplingRule.TakesUpsampling(convolution, images, shapes[convolution.Input[1]])
        && constants.Convert(filter.Input[1], SeparableFilter.Of) is { } separable
            ? Kernel(
                KernelOperators.Upsampled,
                new UpsampledConvolution(Weights(convolution), separable, images[2], images[3], scratch),
                from: convolution,
                to: filter)
            : null;

    /// <summary>A filter, then a convolution.</summary>
    private NodeProto? Downsampled(NodeProto convolution) =>
        convolution.OpType == "Conv"
        && IsConstant3X3(convolution)
        && OnlyMaker(convolution.Input[0]) is { } filter
        && IsFilter(filter, padding: 2)
        && shapes.TryGetValue(filter.Input[0], out TensorShape? images)
        && ResamplingRule.TakesDownsampling(convolution, images, shapes[convolution.Input[1]])
        && constants.Convert(filter.Input[1], SeparableFilter.Of) is { } separable
            ? Kernel(
                KernelOperators.Downsampled,
                new DownsampledConvolution(Weights(convolution), separable, images[2] / 2, images[3] / 2, scratch),
                from: filter,
                to: convolution)
            : null;

    /// <summary>What makes a value that one node reads and no other.</summary>
    private NodeProto? OnlyMaker(string value) => _readers[value] == 1 ? _makers.GetValueOrDefault(value) : null;

    private bool IsFilter(NodeProto node, int padding) =>
        node.OpType == "Conv"
        && node.Input.Count == 2
        && constants.IsConstant(node.Input[1])
        && shapes.GetValueOrDefault(node.Input[1]) is [int channels, 1, SeparableFilter.Size, SeparableFilter.Size]
        && node.Longs("group") is [long groups]
        && groups == channels
        && node.HasWindow(stride: 1, padding);

    private bool IsConstant3X3(NodeProto node) =>
        node.Input.Count == 2
        && constants.IsConstant(node.Input[1])
        && shapes.GetValueOrDefault(node.Input[1]) is [> 0, > 0, 3, 3];

    private PolyphaseWeights Weights(NodeProto convolution)
    {
        TensorShape shape = shapes[convolution.Input[1]];
        return constants.Convert(convolution.Input[1], weights => SharedWeights.Of(
            weights, shape[0], shape[1], (w, small, large) => new PolyphaseWeights(w, small, large)));
    }

    private static NodeProto Kernel(string operatorName, Kernel kernel, NodeProto from, NodeProto to)
    {
        NodeProto node = KernelOperators.Node(operatorName, kernel);
        node.Name = to.Name;
        node.Input.Add(from.Input[0]);
        node.Output.Add(to.Output);
        return node;
    }
}
