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

    /// <summary>Whether a convolution's window moves by such steps over pictures with such a border, and is not dilated.</summary>
    internal static bool HasWindow(this NodeProto node, int stride, int padding) =>
        node.HasOnly("strides", stride, 1) && node.HasOnly("dilations", 1, 1) && node.HasOnly("pads", padding, 0);

    /// <summary>Whether a convolution has all channels in one group.</summary>
    internal static bool HasOneGroup(this NodeProto node) => node.HasOnly("group", 1, 1);

    private static bool HasOnly(this NodeProto node, string name, long value, long otherwise) =>
        node.Longs(name).DefaultIfEmpty(otherwise).All(v => v == value);

    private static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);
}
