using System.Runtime.InteropServices;

namespace TensorGraph.Runtime.Kernels.Native;

/// <summary>The C API's <c>OrtCustomOp</c> (version 18), followed by what its functions here read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CustomOperator
{
    internal uint Version;
    internal nint CreateKernel;
    internal delegate* unmanaged<CustomOperator*, byte*> GetName;
    internal delegate* unmanaged<CustomOperator*, byte*> GetExecutionProviderType;
    internal delegate* unmanaged<CustomOperator*, nuint, int> GetInputType;
    internal delegate* unmanaged<CustomOperator*, nuint> GetInputTypeCount;
    internal delegate* unmanaged<CustomOperator*, nuint, int> GetOutputType;
    internal delegate* unmanaged<CustomOperator*, nuint> GetOutputTypeCount;
    internal nint KernelCompute;
    internal delegate* unmanaged<nint, void> KernelDestroy;
    internal delegate* unmanaged<CustomOperator*, nuint, int> GetInputCharacteristic;
    internal delegate* unmanaged<CustomOperator*, nuint, int> GetOutputCharacteristic;
    internal delegate* unmanaged<CustomOperator*, nuint, int> GetInputMemoryType;
    internal delegate* unmanaged<CustomOperator*, int> GetVariadicInputMinArity;
    internal delegate* unmanaged<CustomOperator*, int> GetVariadicInputHomogeneity;
    internal delegate* unmanaged<CustomOperator*, int> GetVariadicOutputMinArity;
    internal delegate* unmanaged<CustomOperator*, int> GetVariadicOutputHomogeneity;
    internal delegate* unmanaged<CustomOperator*, nint, nint, nint*, nint> CreateKernelV2;
    internal delegate* unmanaged<nint, nint, nint> KernelComputeV2;
    internal nint InferOutputShape;
    internal delegate* unmanaged<CustomOperator*, int> GetStartVersion;
    internal delegate* unmanaged<CustomOperator*, int> GetEndVersion;
    internal nint GetMayInplace;
    internal nint ReleaseMayInplace;
    internal nint GetAliasMap;
    internal nint ReleaseAliasMap;

    /// <summary>The operator's name, UTF-8.</summary>
    internal byte* Name;
}
