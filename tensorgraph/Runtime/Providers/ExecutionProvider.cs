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
    internal static ExecutionProvider Open(SessionConfig config) => config.Device switch
    {
        "cpu" => new CpuProvider(config.IntraOpParallelismThreads) { ProfilePrefix = config.ProfilePrefix },
        "cuda" => new CudaProvider(config.IntraOpParallelismThreads) { ProfilePrefix = config.ProfilePrefix },
        _ => throw new ArgumentException($"device {config.Device} is not known; it must be cpu or cuda"),
    };

    /// <summary>Begins the names of the files that models' profiles are written to; null writes none.</summary>
    internal string? ProfilePrefix { get; init; }

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
        if (ProfilePrefix is not null)
        {
            options.ProfileOutputPathPrefix = ProfilePrefix;
            options.EnableProfiling = true;
        }

        Configure(options);
        return new InferenceSession(model, options);
    }

    public abstract void Dispose();

    /// <summary>Makes models of these options run on the provider.</summary>
    protected abstract void Configure(SessionOptions options);
}
