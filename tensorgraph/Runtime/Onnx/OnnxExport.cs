using Google.Protobuf;
using TensorGraph.Graphs;
using TensorGraph.Records;
using TensorGraph.Runtime.Subgraphs;

namespace TensorGraph.Runtime.Onnx;

/// <summary>Saves a part of a graph as an ONNX model that stands on its own.</summary>
internal static class OnnxExport
{
    internal static void Save(
        string path,
        IReadOnlyList<(string Name, Tensor Tensor)> outputs,
        IReadOnlyList<(string Name, Tensor Tensor)> inputs,
        Func<Variable, HostMemory> valueOf)
    {
        ModelProto model = Build(outputs, inputs, valueOf);
        WholeFile.Write(path, model.WriteTo);
    }

    private static ModelProto Build(
        IReadOnlyList<(string Name, Tensor Tensor)> outputs,
        IReadOnlyList<(string Name, Tensor Tensor)> inputs,
        Func<Variable, HostMemory> valueOf)
    {
        HashSet<Tensor> given = [.. inputs.Select(i => i.Tensor)];
        Subgraph subgraph = new SubgraphResolver(given, Undecided).Resolve(outputs.Select(o => o.Tensor.Operation));
        if (subgraph.KernelOperations.FirstOrDefault(o => o.Outputs.Count > 0) is { } host)
        {
            throw new NotSupportedException($"{host.Name}: {host.Type} runs on the host and cannot be part of a saved model");
        }

        OnnxModelBuilder builder = new(subgraph, valueOf, keepsConstantsOutside: false);
        ModelProto model = builder.Build([.. outputs.Select(o => o.Tensor)]).Proto;
        Rename(model, outputs, inputs);
        return model;
    }

    private static bool Undecided(Tensor predicate) =>
        throw new NotSupportedException(
            $"{predicate.Name}: a model cannot be saved while a tf.cond is undecided; save one of its branches");

    private static void Rename(
        ModelProto model, IReadOnlyList<(string Name, Tensor Tensor)> outputs, IReadOnlyList<(string Name, Tensor Tensor)> inputs)
    {
        Dictionary<string, string> names = [];
        for (int i = 0; i < outputs.Count; i++)
        {
            names[OnnxModelBuilder.OutputName(i)] = outputs[i].Name;
        }

        foreach ((string name, Tensor tensor) in inputs)
        {
            names[tensor.Name] = name;
        }

        foreach (ValueInfoProto value in model.Graph.Input.Concat(model.Graph.Output))
        {
            value.Name = names.GetValueOrDefault(value.Name, value.Name);
        }

        foreach (NodeProto node in model.Graph.Node)
        {
            RenameAll(node.Input, names);
            RenameAll(node.Output, names);
        }
    }

    private static void RenameAll(Google.Protobuf.Collections.RepeatedField<string> values, Dictionary<string, string> names)
    {
        for (int i = 0; i < values.Count; i++)
        {
            values[i] = names.GetValueOrDefault(values[i], values[i]);
        }
    }
}
