using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Runtime;

/// <summary>ONNX Runtime's tensors from NumSharp's arrays and back.</summary>
internal static class OrtTensors
{
    /// <summary>A tensor that shares the memory of a contiguous array; the array must stay reachable as long as the tensor is used.</summary>
    internal static unsafe OrtValue Share(NDArray array) =>
        OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, ElementType(DataTypes.Of(array.dtype)), array.shape, array.size == 0 ? 0 : (nint)array.Unsafe.Address, array.size * array.dtypesize);

    /// <summary>A tensor with a copy of an array's elements.</summary>
    internal static OrtValue Copy(NDArray array)
    {
        OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, ElementType(DataTypes.Of(array.dtype)), array.shape);
        array.Bytes().CopyTo(value.GetTensorMutableRawData());
        GC.KeepAlive(array);
        return value;
    }

    /// <summary>An array with a copy of a tensor's elements; the tensor must be in host memory.</summary>
    internal static NDArray ToNDArray(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        NDArray array = np.empty(new Shape(info.Shape), ((DataType)(int)info.ElementDataType).ClrType());
        value.GetTensorMutableRawData().CopyTo(array.Bytes());
        return array;
    }

    internal static bool IsInHostMemory(OrtValue value)
    {
        using OrtMemoryInfo memory = value.GetTensorMemoryInfo();
        return memory.Name == "Cpu";
    }

    // ONNX Runtime numbers element types as ONNX does.
    private static TensorElementType ElementType(DataType dtype) => (TensorElementType)(int)dtype;
}
