using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TensorGraph.Runtime.Kernels.Native;

/// <summary>The functions of ONNX Runtime's C API that kernels need and its C# library does not offer.</summary>
internal static unsafe partial class OrtFunctions
{
    /// <summary>The version of the C API that kernels are written for.</summary>
    internal const uint ApiVersion = 18;

    private static readonly OrtApi* s_api = Load();

    internal static delegate* unmanaged<nint, nuint, nint*, nint> KernelContextGetInput =>
        (delegate* unmanaged<nint, nuint, nint*, nint>)s_api->KernelContext_GetInput;

    internal static delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint> KernelContextGetOutput =>
        (delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)s_api->KernelContext_GetOutput;

    /// <summary>Calls a function for each part of a job, on the threads of a kernel's session.</summary>
    internal static void ParallelFor(nint kernelContext, delegate* unmanaged<void*, nuint, void> function, int parts, nint job)
    {
        const nuint AnyNumberOfBatches = 0;
        var parallelFor = (delegate* unmanaged<nint, delegate* unmanaged<void*, nuint, void>, nuint, nuint, nint, nint>)
            s_api->KernelContext_ParallelFor;
        Check(parallelFor(kernelContext, function, (nuint)parts, AnyNumberOfBatches, job));
    }

    /// <summary>The floats of a tensor in host memory.</summary>
    internal static nint DataOf(nint value)
    {
        nint data;
        Check(((delegate* unmanaged<nint, nint*, nint>)s_api->GetTensorMutableData)(value, &data));
        return data;
    }

    /// <summary>The shape of a tensor.</summary>
    internal static long[] ShapeOf(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)s_api->GetTensorTypeAndShape)(value, &info));
        nuint rank;
        Check(((delegate* unmanaged<nint, nuint*, nint>)s_api->GetDimensionsCount)(info, &rank));
        long[] shape = new long[rank];
        fixed (long* dimensions = shape)
        {
            Check(((delegate* unmanaged<nint, long*, nuint, nint>)s_api->GetDimensions)(info, dimensions, rank));
        }

        ((delegate* unmanaged<nint, void>)s_api->ReleaseTensorTypeAndShapeInfo)(info);
        return shape;
    }

    /// <summary>A whole number that a node has as an attribute.</summary>
    internal static long AttributeOf(nint kernelInfo, string name)
    {
        long value;
        byte* utf8 = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        Check(((delegate* unmanaged<nint, byte*, long*, nint>)s_api->KernelInfoGetAttribute_int64)(kernelInfo, utf8, &value));
        Marshal.FreeCoTaskMem((nint)utf8);
        return value;
    }

    /// <summary>A domain of operators; it lives as long as the process.</summary>
    internal static nint CreateDomain(string name)
    {
        nint domain;
        byte* utf8 = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        Check(((delegate* unmanaged<byte*, nint*, nint>)s_api->CreateCustomOpDomain)(utf8, &domain));
        return domain;
    }

    /// <summary>Adds an operator to a domain.</summary>
    internal static void AddOperator(nint domain, void* definition) =>
        Check(((delegate* unmanaged<nint, void*, nint>)s_api->CustomOpDomain_Add)(domain, definition));

    /// <summary>Makes a domain's operators known to the sessions of some options.</summary>
    internal static void AddDomain(SessionOptions options, nint domain)
    {
        bool isHeld = false;
        options.DangerousAddRef(ref isHeld);
        try
        {
            Check(((delegate* unmanaged<nint, nint, nint>)s_api->AddCustomOpDomain)(options.DangerousGetHandle(), domain));
        }
        finally
        {
            options.DangerousRelease();
        }
    }

    /// <summary>Gives the sessions of some options files that exist only in memory.</summary>
    internal static void AddFilesInMemory(SessionOptions options, params ReadOnlySpan<(string Name, nint Address, long Size)> files)
    {
        nint[] names = new nint[files.Length], addresses = new nint[files.Length], sizes = new nint[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            // Paths are wide characters on Windows.
            (string name, addresses[i], long size) = files[i];
            names[i] = OperatingSystem.IsWindows() ? Marshal.StringToCoTaskMemUni(name) : Marshal.StringToCoTaskMemUTF8(name);
            sizes[i] = (nint)size;
        }

        bool isHeld = false;
        options.DangerousAddRef(ref isHeld);
        try
        {
            fixed (nint* firstName = names, firstAddress = addresses, firstSize = sizes)
            {
                var add = (delegate* unmanaged<nint, nint*, nint*, nint*, nuint, nint>)s_api->AddExternalInitializersFromFilesInMemory;
                Check(add(options.DangerousGetHandle(), firstName, firstAddress, firstSize, (nuint)files.Length));
            }
        }
        finally
        {
            options.DangerousRelease();
            Array.ForEach(names, Marshal.FreeCoTaskMem);
        }
    }

    /// <summary>An exception as what a failed C function returns.</summary>
    internal static nint StatusOf(Exception exception)
    {
        const int Fail = 1;
        byte* message = (byte*)Marshal.StringToCoTaskMemUTF8(exception.Message);
        nint status = ((delegate* unmanaged<int, byte*, nint>)s_api->CreateStatus)(Fail, message);
        Marshal.FreeCoTaskMem((nint)message);
        return status;
    }

    /// <summary>Throws if a function failed.</summary>
    /// <exception cref="InvalidOperationException">It did; the message is ONNX Runtime's.</exception>
    internal static void Check(nint status)
    {
        if (status != 0)
        {
            string? message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)s_api->GetErrorMessage)(status));
            ((delegate* unmanaged<nint, void>)s_api->ReleaseStatus)(status);
            throw new InvalidOperationException(message);
        }
    }

    private static OrtApi* Load()
    {
        OrtApiBase* functions = (OrtApiBase*)OrtGetApiBase();
        nint api = ((delegate* unmanaged<uint, nint>)functions->GetApi)(ApiVersion);
        return api != 0 ? (OrtApi*)api : throw new NotSupportedException($"ONNX Runtime does not offer version {ApiVersion} of its C API");
    }

    [LibraryImport("onnxruntime")]
    private static partial nint OrtGetApiBase();
}
