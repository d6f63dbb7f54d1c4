using System.Runtime.ExceptionServices;

namespace TensorGraph.Data;

/// <summary>Of the errors of a parallel loop, the one that a loop in order would have met.</summary>
internal sealed class FirstError
{
    private readonly Lock _gate = new();
    private int _index = int.MaxValue;
    private ExceptionDispatchInfo? _error;

    /// <summary>Runs one step; where it fails, steps after it are not begun.</summary>
    internal void Catch(int index, ParallelLoopState loop, Action step)
    {
        try
        {
            step();
        }
        catch (Exception e)
        {
            loop.Break();
            lock (_gate)
            {
                (_index, _error) = index < _index ? (index, ExceptionDispatchInfo.Capture(e)) : (_index, _error);
            }
        }
    }

    internal void ThrowIfAny() => _error?.Throw();
}
