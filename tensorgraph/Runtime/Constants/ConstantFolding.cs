using Microsoft.ML.OnnxRuntime;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Constants;

/// <summary>Computes what is constant in a model before it is compiled.</summary>
/// <remarks>ONNX Runtime would do it too, but copies every constant on the way and keeps what lies between until all is done.</remarks>
internal static class ConstantFolding
{
    /// <summary>Puts the values of constant nodes in their place.</summary>
    internal static void Apply(OnnxModel model)
    {
        GraphProto graph = model.Proto.Graph;
        ConstantValues constants = new(model);
        HashSet<string> outputs = [.. graph.Output.Select(o => o.Name)];
        NodeProto[] kept = [.. graph.Node.Where(n => !constants.IsComputed(n.Output[0]) || n.Output.Any(outputs.Contains))];
        string[] read = [.. kept.SelectMany(n => n.Input).Where(constants.IsComputed).Except(kept.SelectMany(n => n.Output)).Distinct()];
        if (read.Length > 0)
        {
            graph.Node.Clear();
            graph.Node.AddRange(kept);
            graph.Initializer.AddRange(constants.Compute(read).Select(c => Constant(c.Name, c.Value, model.Constants)));
            DeadNodes.Remove(graph);
        }
    }

    private static TensorProto Constant(string name, OrtValue value, LargeConstants large)
    {
        HostMemory own = HostMemory.Of(value), memory = LargeConstants.IsLarge(own) ? SharedConstants.Of(own) : own;
        TensorProto constant = LargeConstants.IsLarge(own) ? large.Add(name, memory) : OnnxAttributes.TensorOf(own, name);
        if (!LargeConstants.IsLarge(own) || memory.Owner != own.Owner)
        {
            value.Dispose();
        }

        return constant;
    }
}
