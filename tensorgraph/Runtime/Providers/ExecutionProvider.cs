using Microsoft.ML.OnnxRuntime;

namespace TensorGraph.Runtime.Providers;

/// <summary>The ONNX Runtime execution provider that a session's models run on.</summary>
internal sealed class ExecutionProvider
{
    private const string CudaName = "CUDAExecutionProvider";
    private readonly bool _cuda;
    private readonly int _threads;

    internal ExecutionProvider(SessionConfig config)
    {
        _cuda = config.Device switch
        {
            "cpu" => false,
            "cuda" => true,
            _ => throw new ArgumentException($"device {config.Device} is not known; it must be cpu or cuda"),
        };
        _threads = config.IntraOpParallelismThreads == 0 ? Environment.ProcessorCount : config.IntraOpParallelismThreads;
        if (_cuda && !OrtEnv.Instance().GetAvailableProviders().Contains(CudaName))
        {
            throw new NotSupportedException(
                "device cuda: this build has no CUDA execution provider; build with -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu on a machine "
                + "with CUDA 12 and cuDNN 9, or use --device cpu");
        }

        OutputMemory = _cuda ? new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default) : OrtMemoryInfo.DefaultInstance;
    }

    /// <summary>Whether variables live in host memory between runs.</summary>
    internal bool KeepsVariablesOnHost => !_cuda;

    /// <summary>Where variables live between runs.</summary>
    internal OrtMemoryInfo OutputMemory { get; }

    internal SessionOptions CreateOptions()
    {
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = _threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (_cuda)
        {
            AppendCuda(options);
        }

        return options;
    }

    private static void AppendCuda(SessionOptions options)
    {
        try
        {
            options.AppendExecutionProvider_CUDA();
        }
        catch (OnnxRuntimeException e)
        {
            throw new NotSupportedException($"device cuda: the CUDA execution provider does not start ({e.Message}); install CUDA 12 and cuDNN 9, or use --device cpu", e);
        }
    }
}
