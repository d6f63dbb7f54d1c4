using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Reads attributes of nodes.</summary>
internal static class NodeAttributes
{
    /// <summary>Whole numbers; none if the node does not have the attribute.</summary>
    internal static long[] Longs(this NodeProto node, string name) => node.Find(name) switch
    {
        null => [],
        { Type: AttributeProto.Types.AttributeType.Int } one => [one.I],
        { } several => [.. several.Ints],
    };

    /// <summary>A number, or the operator's default.</summary>
    internal static float Float(this NodeProto node, string name, float otherwise) => node.Find(name)?.F ?? otherwise;

    private static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
}
