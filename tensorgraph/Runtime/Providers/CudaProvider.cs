using Microsoft.ML.OnnxRuntime;
using NumSharp;

namespace TensorGraph.Runtime.Providers;

/// <summary>Runs models on an NVIDIA GPU and keeps tensors in its memory.</summary>
internal sealed class CudaProvider : ExecutionProvider
{
    private const string Name = "CUDAExecutionProvider";
    private const string Hint = "or use --device cpu";

    private readonly TensorTransfer _transfer;

    /// <summary>Starts the provider on the first GPU.</summary>
    /// <param name="threads">Threads that one operation on the processor may use; 0 means one for each core.</param>
    /// <exception cref="NotSupportedException">The GPU or something that the provider needs is missing; the message names it.</exception>
    internal CudaProvider(int threads)
        : base(threads)
    {
        OrtEnv environment = OrtEnv.Instance();
        if (!environment.GetAvailableProviders().Contains(Name))
        {
            throw new NotSupportedException(
                "device cuda: this build has no CUDA execution provider; "
                + $"build with -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu on a machine with {CudaLibraries.Needed}, {Hint}");
        }

        // What ONNX Runtime would write to the terminal comes as the exception's message.
        OrtLoggingLevel level = environment.EnvLogLevel;
        environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        try
        {
            _transfer = new TensorTransfer(this);
            Copy(NDArray.Scalar(0f)).Dispose();
        }
        catch (OnnxRuntimeException e)
        {
            throw new NotSupportedException(
                $"device cuda: {Fault(e)}; the CUDA execution provider needs {CudaLibraries.Needed}; install them, {Hint}", e);
        }
        finally
        {
            environment.EnvLogLevel = level;
        }
    }

    internal override OrtMemoryInfo Memory { get; } = new("Cuda", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);

    internal override DeviceTensor Copy(NDArray array) => _transfer.ToDevice(array);

    internal override DeviceTensor Keep(OrtValue output) => _transfer.Keep(output);

    public override void Dispose()
    {
        _transfer.Dispose();
        Memory.Dispose();
    }

    protected override void Configure(SessionOptions options) => options.AppendExecutionProvider_CUDA();

    private static string Fault(OnnxRuntimeException e) =>
        CudaLibraries.Missing() is { Count: > 0 } missing
            ? $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing"
            : $"the CUDA execution provider does not start ({e.Message.ReplaceLineEndings(" ").Trim()})";
}
