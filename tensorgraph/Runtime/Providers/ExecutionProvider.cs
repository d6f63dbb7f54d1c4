using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Numpy;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Providers;

/// <summary>What runs models, and the memory that it keeps tensors in: nothing else knows how values get there and back.</summary>
internal abstract class ExecutionProvider : IDisposable
{
    /// <summary>Bytes of constants from which a model is large.</summary>
    private const int LargeModel = 32 << 20;

    private int _threads;

    /// <summary>Prepares the provider.</summary>
    /// <param name="threads">Threads that one operation may use; 0 means one for each core.</param>
    protected ExecutionProvider(int threads) => _threads = threads == 0 ? Environment.ProcessorCount : threads;

    /// <summary>Where models put what <see cref="Keep"/> takes.</summary>
    internal abstract OrtMemoryInfo Memory { get; }

    /// <summary>The provider of a device, <c>cpu</c> or <c>cuda</c>.</summary>
    /// <exception cref="ArgumentException">There are no device or kernels of that name.</exception>
    /// <exception cref="NotSupportedException">The device is not there; the message says what is missing.</exception>
    internal static ExecutionProvider Open(ProviderOptions options) => options.Device switch
    {
        "cpu" => new CpuProvider(options.Threads, UsesOwnKernels(options.Kernels)) { ProfilePrefix = options.ProfilePrefix },
        "cuda" => new CudaProvider(options.Threads) { ProfilePrefix = options.ProfilePrefix },
        _ => throw new ArgumentException($"device {options.Device} is not known; it must be cpu or cuda"),
    };

    /// <summary>Begins the names of the files that models' profiles are written to; null writes none.</summary>
    internal string? ProfilePrefix { get; init; }

    /// <summary>
    /// Makes models compiled from now on fit for runs at the same time: a run's own thread works for it, and all runs share the others.
    /// </summary>
    /// <param name="runs">How many runs at the same time.</param>
    /// <param name="threads">How many threads all have together.</param>
    internal void ShareThreads(int runs, int threads) => _threads = Math.Max(1, threads - runs + 1);

    /// <summary>A tensor with a copy of an array's elements.</summary>
    internal abstract DeviceTensor Copy(NDArray array);

    /// <summary>Takes over what a model has put into <see cref="Memory"/>.</summary>
    internal abstract DeviceTensor Keep(OrtValue output);

    /// <summary>Compiles a model, which is changed: it has no use afterwards. Its constants must live as long as the result.</summary>
    internal InferenceSession Compile(OnnxModel model)
    {
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = _threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (ProfilePrefix is not null)
        {
            options.ProfileOutputPathPrefix = ProfilePrefix;
            options.EnableProfiling = true;
        }

        if (model.Constants.Size >= LargeModel)
        {
            UnusedArrays.Free();
        }

        Configure(options);
        Optimize(model);
        return Open(model, options);
    }

    public abstract void Dispose();

    /// <summary>Whether models read their constants where they lie; otherwise they copy them when they are compiled.</summary>
    protected virtual bool ReadsHostMemory => false;

    /// <summary>Makes models of these options run on the provider.</summary>
    protected abstract void Configure(SessionOptions options);

    /// <summary>Puts what the provider computes faster in the place of a model's operations.</summary>
    protected virtual void Optimize(OnnxModel model)
    {
    }

    private InferenceSession Open(OnnxModel model, SessionOptions options)
    {
        options.AddSessionConfigEntry("session.use_external_initializer_file_buffers_directly", ReadsHostMemory ? "1" : "0");
        model.Constants.KeepOnly(model.Proto.Graph);
        model.Constants.AddTo(options, model.Proto.Graph);
        try
        {
            return new InferenceSession(model.Proto.ToByteArray(), options);
        }
        finally
        {
            KernelOperators.Forget(model.Proto);
            if (!ReadsHostMemory)
            {
                model.Constants.KeepOnly(new GraphProto());
            }
        }
    }

    private static bool UsesOwnKernels(string kernels) => kernels switch
    {
        "csharp" => true,
        "onnxruntime" => false,
        _ => throw new ArgumentException($"kernels {kernels} are not known; they must be csharp or onnxruntime"),
    };
}
