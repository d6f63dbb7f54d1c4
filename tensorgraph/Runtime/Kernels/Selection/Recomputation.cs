using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels.Elementwise.Loops;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>
/// Lets a fused kernel compute a value again where it reads what the value is made of anyhow, as in the gradient of a layer: the value
/// need not be kept.
/// </summary>
/// <param name="nodes">What fused kernels can compute.</param>
/// <param name="mapsOf">The nodes that they can compute, with the shape of their feature maps; each after what it reads.</param>
internal sealed class Recomputation(ElementwiseNodes nodes, IReadOnlyDictionary<NodeProto, TensorShape> mapsOf)
{
    /// <summary>More instructions than this cost more than the memory's way.</summary>
    private const int MostRepeated = 12;

    private readonly Dictionary<string, NodeProto> _makers = mapsOf.Keys.ToDictionary(n => n.Output[0]);
    private readonly Dictionary<NodeProto, int> _order = Order(mapsOf.Keys);

    /// <summary>The group with what it computes again.</summary>
    internal FusedGroup Apply(FusedGroup group)
    {
        HashSet<string> read = [.. group.Inputs.Where(i => IsMaps(i, group.Maps))];
        HashSet<NodeProto> members = new(group.Members, ReferenceEqualityComparer.Instance);
        HashSet<NodeProto> repeated = new(ReferenceEqualityComparer.Instance);
        HashSet<string> leaves = [];
        foreach (string value in read)
        {
            HashSet<NodeProto> chain = new(ReferenceEqualityComparer.Instance);
            HashSet<string> ends = [];
            Collect(value, group.Maps, chain, ends);
            bool isShort = chain.Count <= MostRepeated && !chain.Overlaps(members);
            repeated.UnionWith(isShort ? chain : []);
            leaves.UnionWith(isShort ? ends : [value]);
        }

        bool readsLess = repeated.Count > 0 && leaves.Count <= read.Count;
        return readsLess ? group with { Repeated = [.. repeated.OrderBy(n => _order[n])] } : group;
    }

    private static Dictionary<NodeProto, int> Order(IEnumerable<NodeProto> nodes)
    {
        Dictionary<NodeProto, int> order = new(ReferenceEqualityComparer.Instance);
        foreach (NodeProto node in nodes)
        {
            order.Add(node, order.Count);
        }

        return order;
    }

    private void Collect(string value, TensorShape maps, HashSet<NodeProto> chain, HashSet<string> ends)
    {
        if (!_makers.TryGetValue(value, out NodeProto? maker) || nodes.IsSum(maker))
        {
            ends.Add(value);
        }
        else if (chain.Add(maker))
        {
            foreach (string operand in ElementwiseNodes.Operands(maker).Where(o => IsMaps(o, maps)))
            {
                Collect(operand, maps, chain, ends);
            }
        }
    }

    private bool IsMaps(string value, TensorShape maps) => nodes.ExtentOf(value, maps) == Extent.Maps;
}
