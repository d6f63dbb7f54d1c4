using TensorGraph.Graphs;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Puts kernels in the place of the operations of a model that they compute faster.</summary>
internal static class KernelSelection
{
    /// <summary>Changes a model.</summary>
    internal static void Apply(OnnxModel model)
    {
        GraphProto graph = model.Proto.Graph;
        Identities.Remove(graph);
        DeadNodes.Remove(graph);
        ConstantValues constants = new(model);
        Scratch scratch = new();
        new ElementwiseFusion(graph, model.Shapes, constants, scratch).Apply();
        new ResampledConvolutions(graph, model.Shapes, constants, scratch).Apply();
        WinogradFilters filters = new(constants);
        for (int i = 0; i < graph.Node.Count; i++)
        {
            NodeProto node = graph.Node[i];
            graph.Node[i] = Convolution(node, model.Shapes, constants, filters, scratch) ?? node;
        }

        DeadNodes.Remove(graph);
        model.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = KernelOperators.Domain, Version = 1 });
    }

    private static NodeProto? Convolution(
        NodeProto node, IReadOnlyDictionary<string, TensorShape> shapes, ConstantValues constants, WinogradFilters filters, Scratch scratch)
    {
        if (node.OpType != "Conv"
            || !constants.IsConstant(node.Input[1])
            || !shapes.TryGetValue(node.Input[0], out TensorShape? images)
            || !shapes.TryGetValue(node.Input[1], out TensorShape? weights)
            || ConvolutionRule.TilingOf(node, images, weights) is not { } tiling)
        {
            return null;
        }

        WinogradWeights transformed = filters.Of(node.Input[1], weights[0], weights[1], tiling);
        WinogradConvolution convolution = new(transformed, images[2], images[3], scratch);
        NodeProto kernel = KernelOperators.Node(KernelOperators.Winograd, convolution);
        kernel.Name = node.Name;
        kernel.Input.Add(node.Input[0]);
        kernel.Output.Add(node.Output);
        return kernel;
    }
}
