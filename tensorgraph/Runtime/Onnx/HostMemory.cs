using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Runtime.Onnx;

/// <summary>A tensor's elements where they lie in host memory.</summary>
/// <param name="DType">Type of the elements.</param>
/// <param name="Shape">The tensor's shape.</param>
/// <param name="Address">The first element.</param>
/// <param name="Size">Bytes of all.</param>
/// <param name="Owner">Keeps the memory as long as it is reachable.</param>
internal sealed record HostMemory(DataType DType, long[] Shape, nint Address, long Size, object Owner)
{
    /// <summary>The bytes, valid while the owner is reachable.</summary>
    internal unsafe ReadOnlySpan<byte> Bytes => new((void*)Address, checked((int)Size));

    /// <summary>The memory of a contiguous array.</summary>
    internal static unsafe HostMemory Of(NDArray array) => new(
        DataTypes.Of(array.dtype), array.shape, array.size == 0 ? 0 : (nint)array.Unsafe.Address, array.size * array.dtypesize, array);

    /// <summary>The memory of a tensor of ONNX Runtime's in host memory.</summary>
    internal static unsafe HostMemory Of(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        Span<byte> bytes = value.GetTensorMutableRawData();
        fixed (byte* first = bytes)
        {
            return new HostMemory((DataType)(int)info.ElementDataType, info.Shape, (nint)first, bytes.Length, value);
        }
    }
}
