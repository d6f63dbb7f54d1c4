using Google.Protobuf.Collections;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Takes out nodes that pass their input on, other than those that make a model's outputs.</summary>
internal static class Identities
{
    internal static void Remove(GraphProto graph)
    {
        HashSet<string> outputs = [.. graph.Output.Select(o => o.Name)];
        Dictionary<string, string> sources = [];
        foreach (NodeProto node in graph.Node)
        {
            Rename(node.Input, sources);
            if (node.OpType == "Identity" && !outputs.Contains(node.Output[0]))
            {
                sources.Add(node.Output[0], node.Input[0]);
            }
        }
    }

    private static void Rename(RepeatedField<string> inputs, Dictionary<string, string> sources)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            inputs[i] = sources.GetValueOrDefault(inputs[i], inputs[i]);
        }
    }
}
