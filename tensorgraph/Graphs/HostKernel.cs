using NumSharp;

namespace TensorGraph.Graphs;

/// <summary>Runs an operation on the host: random draws, iterators. One instance serves every session; what changes from run to run lives in the session.</summary>
public abstract class HostKernel
{
    /// <summary>Runs the operation once.</summary>
    /// <param name="context">The operation and what the running session keeps for it.</param>
    /// <param name="inputs">The values of the operation's inputs.</param>
    /// <returns>One contiguous array for each output.</returns>
    public abstract NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs);
}
