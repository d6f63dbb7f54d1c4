using TensorGraph.Graphs;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels.Elementwise;
using TensorGraph.Runtime.Kernels.Elementwise.Loops;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Puts fused kernels in the place of operations on the same feature maps.</summary>
internal sealed class ElementwiseFusion(
    GraphProto graph, IReadOnlyDictionary<string, TensorShape> shapes, ConstantValues constants, Scratch scratch)
{
    private readonly ElementwiseNodes _nodes = new(shapes, constants);

    /// <summary>Changes the graph.</summary>
    internal void Apply()
    {
        Dictionary<NodeProto, TensorShape> mapsOf = new(ReferenceEqualityComparer.Instance);
        NodeProto[][] all = Groups(mapsOf);
        Recomputation recomputation = new(_nodes, mapsOf);
        FusedGroup[] groups = [.. all.Select(g => recomputation.Apply(new FusedGroup(mapsOf[g[0]], g, [])))];

        HashSet<NodeProto> replaced = new(groups.SelectMany(g => g.Members), ReferenceEqualityComparer.Instance);
        NodeProto[] others = [.. graph.Node.Where(n => !replaced.Contains(n))];
        HashSet<string> needed = Needed(ref groups, others);
        graph.Node.Clear();
        graph.Node.AddRange(others);
        graph.Node.AddRange(groups.Select(g => Kernel(g, needed)));
        NodeOrder.Sort(graph);
    }

    private NodeProto[][] Groups(Dictionary<NodeProto, TensorShape> mapsOf)
    {
        NodeGroups groups = new(graph, _nodes.IsSum);
        for (int i = 0; i < graph.Node.Count; i++)
        {
            NodeProto node = graph.Node[i];
            if (_nodes.MapsOf(node) is { } maps)
            {
                mapsOf.Add(node, maps);
                IEnumerable<string> shared = ElementwiseNodes.Operands(node).Where(o => _nodes.ExtentOf(o, maps) == Extent.Maps);
                groups.Add(i, shared, other => mapsOf[other].SequenceEqual(maps));
            }
        }

        return [.. groups.All];
    }

    /// <summary>The values that are read between groups and other nodes; what none is read of is taken out of the groups.</summary>
    private HashSet<string> Needed(ref FusedGroup[] groups, NodeProto[] others)
    {
        while (true)
        {
            HashSet<string> needed = [.. graph.Output.Select(o => o.Name)];
            needed.UnionWith(others.SelectMany(n => n.Input));
            needed.UnionWith(groups.SelectMany(g => g.Inputs));
            FusedGroup[] pruned = [.. groups.Select(g => g.Pruned(needed)).Where(g => g.Members.Count > 0)];
            if (pruned.Sum(g => g.Nodes.Count()) == groups.Sum(g => g.Nodes.Count()))
            {
                return needed;
            }

            groups = pruned;
        }
    }

    private NodeProto Kernel(FusedGroup group, HashSet<string> needed)
    {
        List<string> inputs = [.. group.Inputs];
        string[] outputs = [.. group.Members.Select(m => m.Output[0]).Where(needed.Contains)];
        IReadOnlyList<Instruction> instructions = GroupInstructions.Of(_nodes, group, inputs, outputs);
        TensorShape maps = group.Maps;
        NodeProto kernel = KernelOperators.Node(
            KernelOperators.Elementwise, new ElementwiseKernel(instructions, new FeatureMapSize(maps[1], maps[2], maps[3]), scratch));
        kernel.Name = group.Members[0].Name;
        kernel.Input.AddRange(inputs);
        kernel.Output.AddRange(outputs);
        return kernel;
    }
}
