using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Puts kernels in the place of the operations of a model that they compute faster.</summary>
internal static class KernelSelection
{
    /// <summary>Changes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="shapes">Shapes of its float32 values.</param>
    internal static void Apply(ModelProto model, IReadOnlyDictionary<string, TensorShape> shapes)
    {
        Identities.Remove(model.Graph);
        DeadNodes.Remove(model.Graph);
        ConstantValues constants = new(model.Graph);
        Scratch scratch = new();
        new ElementwiseFusion(model.Graph, shapes, constants, scratch).Apply();
        new ResampledConvolutions(model.Graph, shapes, constants, scratch).Apply();
        for (int i = 0; i < model.Graph.Node.Count; i++)
        {
            NodeProto node = model.Graph.Node[i];
            model.Graph.Node[i] = Convolution(node, shapes, constants, scratch) ?? node;
        }

        DeadNodes.Remove(model.Graph);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = KernelOperators.Domain, Version = 1 });
    }

    private static NodeProto? Convolution(
        NodeProto node, IReadOnlyDictionary<string, TensorShape> shapes, ConstantValues constants, Scratch scratch)
    {
        if (node.OpType != "Conv"
            || !constants.IsConstant(node.Input[1])
            || !shapes.TryGetValue(node.Input[0], out TensorShape? images)
            || !shapes.TryGetValue(node.Input[1], out TensorShape? weights)
            || !ConvolutionRule.TakesWinograd(node, images, weights))
        {
            return null;
        }

        WinogradWeights transformed = SharedWeights.Of(
            constants.Floats(node.Input[1]), weights[0], weights[1], (w, outputs, channels) => new WinogradWeights(w, outputs, channels));
        WinogradConvolution convolution = new(transformed, images[2], images[3], scratch);
        NodeProto kernel = KernelOperators.Node(KernelOperators.Winograd, convolution);
        kernel.Name = node.Name;
        kernel.Input.Add(node.Input[0]);
        kernel.Output.Add(node.Output);
        return kernel;
    }
}
