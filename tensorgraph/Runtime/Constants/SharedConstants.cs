using System.IO.Hashing;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Constants;

/// <summary>Computed constants, one copy for all models of the process that hold the same; unused ones are collected.</summary>
internal static class SharedConstants
{
    private static readonly SharedByContent<(UInt128 Hash, DataType DType, string Shape), HostMemory> s_constants = new();

    /// <summary>Memory with the same elements: that of another model, or else the memory given.</summary>
    internal static HostMemory Of(HostMemory memory) => s_constants.GetOrMake(
        (XxHash128.HashToUInt128(memory.Bytes), memory.DType, string.Join(',', memory.Shape)), memory, m => m);
}
