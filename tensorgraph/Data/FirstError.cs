using System.Runtime.ExceptionServices;

namespace TensorGraph.Data;

/// <summary>Of the errors of a parallel loop, the one that a loop in order would have met.</summary>
internal sealed class FirstError
{
    private readonly Lock _gate = new();
    private int _index;
    private ExceptionDispatchInfo? _error;

    /// <summary>Notes the error of one step.</summary>
    internal void Note(int index, Exception error)
    {
        lock (_gate)
        {
            if (_error is null || index < _index)
            {
                (_index, _error) = (index, ExceptionDispatchInfo.Capture(error));
            }
        }
    }

    /// <summary>Throws the first step's error, if there is one, and forgets it.</summary>
    internal void ThrowIfAny()
    {
        ExceptionDispatchInfo? error = _error;
        _error = null;
        error?.Throw();
    }
}
