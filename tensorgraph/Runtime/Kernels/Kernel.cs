namespace TensorGraph.Runtime.Kernels;

/// <summary>A part of a model that is computed in C#.</summary>
internal abstract class Kernel
{
    /// <summary>Computes the outputs from the inputs.</summary>
    internal abstract void Compute(KernelContext context);
}
