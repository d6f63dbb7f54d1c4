namespace TensorGraph.Runtime.Kernels.Elementwise;

/// <summary>What an instruction reads: an input of the kernel or an earlier instruction's result.</summary>
/// <param name="Extent">What its values stand for.</param>
/// <param name="Index">The number of the input or instruction.</param>
/// <param name="IsInput">Whether it is an input.</param>
internal readonly record struct Operand(Extent Extent, int Index, bool IsInput);
