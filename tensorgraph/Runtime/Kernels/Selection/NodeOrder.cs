using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Brings nodes into an order in which each comes after what it reads, as ONNX asks for.</summary>
internal static class NodeOrder
{
    internal static void Sort(GraphProto graph)
    {
        Dictionary<string, NodeProto> makers = graph.Node.SelectMany(n => n.Output.Select(o => (o, n))).ToDictionary(p => p.o, p => p.n);
        List<NodeProto> sorted = [];
        HashSet<NodeProto> done = new(ReferenceEqualityComparer.Instance);
        Stack<NodeProto> pending = new(graph.Node.Reverse());
        while (pending.TryPeek(out NodeProto? node))
        {
            NodeProto[] before = [.. node.Input.Where(makers.ContainsKey).Select(i => makers[i]).Where(n => !done.Contains(n))];
            if (!done.Contains(node) && before.Length > 0)
            {
                Array.ForEach(before, pending.Push);
                continue;
            }

            pending.Pop();
            if (done.Add(node))
            {
                sorted.Add(node);
            }
        }

        graph.Node.Clear();
        graph.Node.AddRange(sorted);
    }
}
