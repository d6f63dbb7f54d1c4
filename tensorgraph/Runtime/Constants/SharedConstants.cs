using System.IO.Hashing;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Constants;

/// <summary>Computed constants, one copy for all models of the process that hold the same; unused ones are collected.</summary>
internal static class SharedConstants
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(UInt128 Hash, DataType DType, string Shape), WeakReference<HostMemory>> s_constants = [];

    /// <summary>Memory with the same elements: that of another model, or else the memory given.</summary>
    internal static HostMemory Of(HostMemory memory)
    {
        var key = (XxHash128.HashToUInt128(memory.Bytes), memory.DType, string.Join(',', memory.Shape));
        lock (s_gate)
        {
            if (s_constants.TryGetValue(key, out WeakReference<HostMemory>? kept) && kept.TryGetTarget(out HostMemory? same))
            {
                return same;
            }

            s_constants[key] = new WeakReference<HostMemory>(memory);
            return memory;
        }
    }
}
