using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using TensorGraph.Runtime.Kernels.Native;

namespace TensorGraph.Runtime.Onnx;

/// <summary>The large constants of a model. They stay where they are in memory, and the model only names them.</summary>
internal sealed class LargeConstants
{
    /// <summary>Below this size a constant is part of its model: ONNX Runtime reads shapes from some of them.</summary>
    private const int LeastSize = 1 << 10;

    private readonly Dictionary<string, HostMemory> _memory = [];

    /// <summary>Bytes of all.</summary>
    internal long Size => _memory.Values.Sum(m => m.Size);

    /// <summary>Whether a constant should not be part of its model.</summary>
    internal static bool IsLarge(HostMemory memory) => memory.Size >= LeastSize;

    /// <summary>Adds a constant and returns what stands for it in the model.</summary>
    internal TensorProto Add(string name, HostMemory memory)
    {
        string file = _memory.Count.ToString(CultureInfo.InvariantCulture);
        _memory.Add(file, memory);
        return new TensorProto
        {
            Name = name,
            DataType = (int)memory.DType,
            Dims = { memory.Shape },
            DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData =
            {
                new StringStringEntryProto { Key = "location", Value = file },
                new StringStringEntryProto { Key = "length", Value = memory.Size.ToString(CultureInfo.InvariantCulture) },
            },
        };
    }

    /// <summary>The memory of a constant of the model; null if it is part of the model.</summary>
    internal HostMemory? MemoryOf(TensorProto constant) =>
        constant.DataLocation == TensorProto.Types.DataLocation.External ? _memory[FileOf(constant)] : null;

    /// <summary>Lets go of all that a model does not name.</summary>
    internal void KeepOnly(GraphProto graph)
    {
        HashSet<string> named = [.. Named(graph)];
        foreach (string file in _memory.Keys.Where(f => !named.Contains(f)).ToArray())
        {
            _memory.Remove(file);
        }
    }

    /// <summary>Gives the constants that a model names to the sessions of some options.</summary>
    internal void AddTo(SessionOptions options, GraphProto graph) =>
        OrtFunctions.AddFilesInMemory(options, [.. Named(graph).Distinct().Select(f => (f, _memory[f].Address, _memory[f].Size))]);

    private static IEnumerable<string> Named(GraphProto graph) =>
        graph.Initializer.Where(i => i.DataLocation == TensorProto.Types.DataLocation.External).Select(FileOf);

    private static string FileOf(TensorProto constant) => constant.ExternalData.Single(e => e.Key == "location").Value;
}
