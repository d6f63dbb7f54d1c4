namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What an instruction reads: an input of the kernel or an earlier instruction's result.</summary>
/// <param name="Extent">What its values stand for.</param>
/// <param name="Index">The number of the input or instruction.</param>
/// <param name="IsInput">Whether it is an input.</param>
/// <param name="Offset">
/// Of <see cref="Extent.Pixels"/>, the plane; of <see cref="Extent.Channels"/>, where the first channel's value is.
/// </param>
/// <param name="Step">Of <see cref="Extent.Channels"/>, how far apart the channels' values are.</param>
internal readonly record struct Operand(Extent Extent, int Index, bool IsInput, int Offset = 0, int Step = 1)
{
    /// <summary>Whether each pixel has a value of its own.</summary>
    internal bool IsOfPixels => Extent is Extent.Maps or Extent.Pixels;
}
