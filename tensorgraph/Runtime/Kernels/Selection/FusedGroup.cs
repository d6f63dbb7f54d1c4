using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Nodes that one fused kernel computes.</summary>
/// <param name="Maps">The shape of the feature maps that they work on.</param>
/// <param name="Members">The nodes, each after what it reads.</param>
/// <param name="Repeated">Nodes of other groups that this one computes again, to read less memory, each after what it reads.</param>
internal sealed record FusedGroup(TensorShape Maps, IReadOnlyList<NodeProto> Members, IReadOnlyList<NodeProto> Repeated)
{
    /// <summary>All nodes that the kernel computes, each after what it reads: what is repeated reads no member's result.</summary>
    internal IEnumerable<NodeProto> Nodes => Repeated.Concat(Members);

    /// <summary>The values that the kernel reads.</summary>
    internal IEnumerable<string> Inputs
    {
        get
        {
            HashSet<string> made = [.. Nodes.Select(n => n.Output[0])];
            return Nodes.SelectMany(ElementwiseNodes.Operands).Where(o => !made.Contains(o)).Distinct();
        }
    }

    /// <summary>The group without nodes that nothing needs.</summary>
    /// <param name="needed">The values that are read outside.</param>
    internal FusedGroup Pruned(IReadOnlySet<string> needed)
    {
        HashSet<string> read = [.. Members.Select(m => m.Output[0]).Where(needed.Contains)];
        foreach (NodeProto node in Nodes.Reverse().Where(n => read.Contains(n.Output[0])))
        {
            read.UnionWith(ElementwiseNodes.Operands(node));
        }

        return this with
        {
            Members = [.. Members.Where(n => read.Contains(n.Output[0]))],
            Repeated = [.. Repeated.Where(n => read.Contains(n.Output[0]))],
        };
    }
}
