namespace TensorGraph.Runtime.Onnx;

/// <summary>Removes what no output of a model needs.</summary>
internal static class DeadNodes
{
    internal static void Remove(GraphProto graph)
    {
        HashSet<string> needed = [.. graph.Output.Select(o => o.Name)];
        for (int i = graph.Node.Count - 1; i >= 0; i--)
        {
            if (graph.Node[i].Output.Any(needed.Contains))
            {
                needed.UnionWith(graph.Node[i].Input);
            }
        }

        NodeProto[] live = [.. graph.Node.Where(n => n.Output.Any(needed.Contains))];
        TensorProto[] initializers = [.. graph.Initializer.Where(i => needed.Contains(i.Name))];
        graph.Node.Clear();
        graph.Node.AddRange(live);
        graph.Initializer.Clear();
        graph.Initializer.AddRange(initializers);
    }
}
