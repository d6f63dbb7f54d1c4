using System.Runtime.InteropServices;

namespace TensorGraph.Runtime.Providers;

/// <summary>The libraries that ONNX Runtime's CUDA execution provider loads.</summary>
internal static class CudaLibraries
{
    /// <summary>What they come with.</summary>
    internal const string Needed = "an NVIDIA driver, CUDA 13 and cuDNN 9";

    private static readonly string[] s_linux =
        ["libcuda.so.1", "libcudart.so.13", "libcublas.so.13", "libcublasLt.so.13", "libcurand.so.10", "libcudnn.so.9"];

    private static readonly string[] s_windows = ["nvcuda.dll", "cudart64_13.dll", "cublas64_13.dll", "cublasLt64_13.dll", "cudnn64_9.dll"];

    /// <summary>Those of them that cannot be loaded here.</summary>
    internal static IReadOnlyList<string> Missing() => [.. (OperatingSystem.IsWindows() ? s_windows : s_linux).Where(l => !CanLoad(l))];

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }
}
