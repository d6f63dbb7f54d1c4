using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Runtime.Providers;

/// <summary>ONNX Runtime's tensors in host memory from NumSharp's arrays and back.</summary>
internal static class HostTensors
{
    /// <summary>A tensor that shares the memory of a contiguous array, which must stay reachable until the tensor is disposed.</summary>
    internal static unsafe OrtValue Share(NDArray array) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance,
        ElementType(array),
        array.shape,
        array.size == 0 ? 0 : (nint)array.Unsafe.Address,
        array.size * array.dtypesize);

    /// <summary>A tensor with a copy of an array's elements.</summary>
    internal static OrtValue Copy(NDArray array)
    {
        OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, ElementType(array), array.shape);
        array.Bytes().CopyTo(value.GetTensorMutableRawData());
        GC.KeepAlive(array);
        return value;
    }

    /// <summary>An array with a copy of the elements of a tensor in host memory.</summary>
    internal static NDArray ToArray(OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        NDArray array = np.empty(new Shape(info.Shape), ((DataType)(int)info.ElementDataType).ClrType());
        value.GetTensorMutableRawData().CopyTo(array.Bytes());
        return array;
    }

    // ONNX Runtime numbers element types as ONNX does.
    private static TensorElementType ElementType(NDArray array) => (TensorElementType)(int)DataTypes.Of(array.dtype);
}
