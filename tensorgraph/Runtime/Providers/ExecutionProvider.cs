using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Providers;

/// <summary>What runs models, and the memory that it keeps tensors in: nothing else knows how values get there and back.</summary>
internal abstract class ExecutionProvider : IDisposable
{
    /// <summary>Bytes from which a model is large.</summary>
    private const int LargeModel = 32 << 20;

    private readonly int _threads;

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

    /// <summary>A tensor with a copy of an array's elements.</summary>
    internal abstract DeviceTensor Copy(NDArray array);

    /// <summary>Takes over what a model has put into <see cref="Memory"/>.</summary>
    internal abstract DeviceTensor Keep(OrtValue output);

    /// <summary>Compiles a model.</summary>
    /// <param name="model">The model, which is changed: nothing of it can be used afterwards.</param>
    /// <param name="shapes">Shapes of its float32 values, as far as they are known.</param>
    internal InferenceSession Compile(ModelProto model, IReadOnlyDictionary<string, TensorShape> shapes)
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

        Configure(options);
        Optimize(model, shapes);
        bool isLarge = model.CalculateSize() >= LargeModel;
        InferenceSession session = Open(model, options, isLarge);
        KernelOperators.Forget(model);
        Collect(isLarge);
        return session;
    }

    public abstract void Dispose();

    /// <summary>Makes models of these options run on the provider.</summary>
    protected abstract void Configure(SessionOptions options);

    /// <summary>Puts what the provider computes faster in the place of a model's operations.</summary>
    protected virtual void Optimize(ModelProto model, IReadOnlyDictionary<string, TensorShape> shapes)
    {
    }

    private static InferenceSession Open(ModelProto model, SessionOptions options, bool isLarge)
    {
        byte[] bytes = model.ToByteArray();
        model.Graph.Initializer.Clear();
        Collect(isLarge);
        return new InferenceSession(bytes, options);
    }

    /// <summary>
    /// Gives back what a large model's bytes take, which may be as much as everything else; the collector would wait until it is short of
    /// memory.
    /// </summary>
    private static void Collect(bool isLarge)
    {
        if (isLarge)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static bool UsesOwnKernels(string kernels) => kernels switch
    {
        "csharp" => true,
        "onnxruntime" => false,
        _ => throw new ArgumentException($"kernels {kernels} are not known; they must be csharp or onnxruntime"),
    };
}
