using NumSharp;

namespace TensorGraph.Graphs;

/// <summary>
/// An operation with C# code: random draws, iterators. One instance serves every session; what changes from run to run lives in the
/// session.
/// </summary>
/// <param name="type">Name of the kind of operation.</param>
internal abstract class HostKernel(string type) : HostOperation(type)
{
    /// <summary>Runs the operation once.</summary>
    /// <param name="context">The operation and what the running session keeps for it.</param>
    /// <param name="inputs">The values of the operation's inputs.</param>
    /// <returns>One contiguous array for each output.</returns>
    internal abstract NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs);
}
