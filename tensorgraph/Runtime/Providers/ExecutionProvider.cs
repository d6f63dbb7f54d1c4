using Microsoft.ML.OnnxRuntime;
using NumSharp;

namespace TensorGraph.Runtime.Providers;

/// <summary>What runs models, and the memory that it keeps tensors in: nothing else knows how values get there and back.</summary>
internal abstract class ExecutionProvider : IDisposable
{
    private readonly int _threads;

    /// <summary>Prepares the provider.</summary>
    /// <param name="threads">Threads that one operation may use; 0 means one for each core.</param>
    protected ExecutionProvider(int threads) => _threads = threads == 0 ? Environment.ProcessorCount : threads;

    /// <summary>Where models put what <see cref="Keep"/> takes.</summary>
    internal abstract OrtMemoryInfo Memory { get; }

    /// <summary>The provider of a device, <c>cpu</c> or <c>cuda</c>.</summary>
    /// <exception cref="ArgumentException">There is no device of that name.</exception>
    /// <exception cref="NotSupportedException">The device is not there; the message says what is missing.</exception>
    internal static ExecutionProvider Open(string device, int threads) => device switch
    {
        "cpu" => new CpuProvider(threads),
        "cuda" => new CudaProvider(threads),
        _ => throw new ArgumentException($"device {device} is not known; it must be cpu or cuda"),
    };

    /// <summary>A tensor with a copy of an array's elements.</summary>
    internal abstract DeviceTensor Copy(NDArray array);

    /// <summary>Takes over what a model has put into <see cref="Memory"/>.</summary>
    internal abstract DeviceTensor Keep(OrtValue output);

    /// <summary>Compiles a model.</summary>
    internal InferenceSession Compile(byte[] model)
    {
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = _threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        Configure(options);
        return new InferenceSession(model, options);
    }

    public abstract void Dispose();

    /// <summary>Makes models of these options run on the provider.</summary>
    protected abstract void Configure(SessionOptions options);
}
