namespace TensorGraph.Operations;

/// <summary>Attributes of ONNX operations that only the graph knows; they are not written into models.</summary>
internal static class GraphAttributes
{
    /// <summary>Marks an Identity through which no gradient flows.</summary>
    internal const string StopGradient = "@stop_gradient";

    internal static bool IsGraphOnly(string name) => name[0] == '@';
}
