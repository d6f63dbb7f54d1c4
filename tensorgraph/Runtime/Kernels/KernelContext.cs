using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TensorGraph.Runtime.Kernels.Native;

namespace TensorGraph.Runtime.Kernels;

/// <summary>Inputs, outputs and threads of one computation of a kernel.</summary>
/// <param name="handle">ONNX Runtime's <c>OrtKernelContext</c>.</param>
internal readonly unsafe struct KernelContext(nint handle)
{
    /// <summary>An input's floats and its shape.</summary>
    internal (nint Data, long[] Shape) Input(int index)
    {
        nint value;
        OrtFunctions.Check(OrtFunctions.KernelContextGetInput(handle, (nuint)index, &value));
        return (OrtFunctions.DataOf(value), OrtFunctions.ShapeOf(value));
    }

    /// <summary>Memory for an output's floats.</summary>
    internal nint Output(int index, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            OrtFunctions.Check(
                OrtFunctions.KernelContextGetOutput(handle, (nuint)index, dimensions, (nuint)shape.Length, &value));
        }

        return OrtFunctions.DataOf(value);
    }

    /// <summary>Runs the parts of a job on ONNX Runtime's threads and waits for all.</summary>
    internal void ParallelFor(int parts, Action<int> run)
    {
        Job job = new(run);
        GCHandle pinned = GCHandle.Alloc(job);
        try
        {
            OrtFunctions.ParallelFor(handle, &RunPart, parts, GCHandle.ToIntPtr(pinned));
        }
        finally
        {
            pinned.Free();
        }

        job.Failure?.Throw();
    }

    [UnmanagedCallersOnly]
    private static void RunPart(void* job, nuint part) => ((Job)GCHandle.FromIntPtr((nint)job).Target!).Run((int)part);

    /// <summary>An exception must not pass through ONNX Runtime's frames; it waits for the end of the job.</summary>
    private sealed class Job(Action<int> run)
    {
        internal ExceptionDispatchInfo? Failure { get; private set; }

        internal void Run(int part)
        {
            try
            {
                run(part);
            }
            catch (Exception e)
            {
                Failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
