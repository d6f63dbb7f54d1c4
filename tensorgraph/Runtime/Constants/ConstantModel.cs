using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Constants;

/// <summary>A model that computes some constant values of another.</summary>
/// <param name="initializers">The other's initializers by name.</param>
/// <param name="makers">Its nodes that compute constants, by output.</param>
/// <param name="large">Its large constants.</param>
internal sealed class ConstantModel(
    IReadOnlyDictionary<string, TensorProto> initializers, IReadOnlyDictionary<string, NodeProto> makers, LargeConstants large)
{
    private readonly GraphProto _graph = new() { Name = "constants" };
    private readonly HashSet<string> _added = [];
    private readonly List<string> _names = [];

    /// <summary>Bytes of the large constants that it reads.</summary>
    internal long SourceSize { get; private set; }

    /// <summary>Adds a value that it is to compute.</summary>
    internal void Add(string name)
    {
        AddMaker(name);
        string output = OnnxModelBuilder.OutputName(_names.Count);
        _names.Add(name);
        _graph.Node.Add(new NodeProto { OpType = "Identity", Input = { name }, Output = { output } });
        _graph.Output.Add(new ValueInfoProto { Name = output });
    }

    /// <summary>The values by name; the caller disposes them.</summary>
    internal IEnumerable<(string Name, OrtValue Value)> Run()
    {
        // Each value has memory of its own, and what lies between is given back at once.
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
        };

        // Threads that wait for the next operation without sleeping would take longer than the operations.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        large.AddTo(options, _graph);
        using InferenceSession session = new(OnnxModelBuilder.Model(_graph).ToByteArray(), options);
        using RunOptions runOptions = new();
        return _names.Zip(session.Run(runOptions, [], [], [.. _graph.Output.Select(o => o.Name)]));
    }

    private void AddMaker(string name)
    {
        if (name.Length == 0 || !_added.Add(name))
        {
            return;
        }

        if (initializers.TryGetValue(name, out TensorProto? initializer))
        {
            _graph.Initializer.Add(initializer);
            SourceSize += large.MemoryOf(initializer)?.Size ?? 0;
            return;
        }

        NodeProto maker = makers[name];
        foreach (string input in maker.Input)
        {
            AddMaker(input);
        }

        _added.UnionWith(maker.Output);
        _graph.Node.Add(maker);
    }
}
