namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>One operation of a fused kernel.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">The first operand.</param>
/// <param name="B">The second operand of operations that have two.</param>
/// <param name="Alpha">The operation's first number.</param>
/// <param name="Beta">The operation's second number.</param>
/// <param name="Output">Which of the kernel's outputs the result is; -1 for none.</param>
/// <param name="Plane">Which of the output's planes a sum over channels is.</param>
internal sealed record Instruction(
    ElementwiseOperation Operation, Operand A, Operand? B = null, float Alpha = 0, float Beta = 0, int Output = -1, int Plane = 0)
{
    /// <summary>Whether it is a sum, which only an output takes.</summary>
    internal bool IsSum =>
        Operation is ElementwiseOperation.SumOverChannels or ElementwiseOperation.SumOverRows or ElementwiseOperation.SumOverPixels;

    /// <summary>Whether it adds up pixels of a row.</summary>
    internal bool AddsRows => Operation is ElementwiseOperation.SumOverRows or ElementwiseOperation.SumOverPixels;
}
