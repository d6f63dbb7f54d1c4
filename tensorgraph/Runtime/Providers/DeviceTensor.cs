using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Providers;

/// <summary>A tensor in the memory of an <see cref="ExecutionProvider"/>.</summary>
/// <remarks>Its elements are seen only by models that it is bound to, and in copies.</remarks>
internal abstract class DeviceTensor : IDisposable
{
    /// <summary>Makes the tensor an input of a model; it must live until the model has run.</summary>
    internal abstract void BindTo(OrtIoBinding binding, string input);

    /// <summary>A copy of the elements in host memory.</summary>
    internal abstract NDArray ToArray();

    /// <summary>The elements in host memory, which stay as they are even when the tensor is disposed.</summary>
    internal virtual HostMemory Lend() => HostMemory.Of(ToArray());

    public abstract void Dispose();
}
