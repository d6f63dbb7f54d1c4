using System.Collections;
using NumSharp;
using TensorGraph.Data.Elements;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>Elements being iterated over. After an error, the next request goes on with the next element.</summary>
/// <remarks>
/// Nothing that runs in the background refers to the pipeline itself, so that one that is dropped is collected; it then stops what still
/// runs.
/// </remarks>
internal sealed class Pipeline : IEnumerator<NDArray[]>
{
    private readonly PipelineContext _context;
    private readonly ElementStream _elements;
    private readonly int _width;

    /// <summary>Starts before the first element.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="values">The value of each tensor that they take.</param>
    internal Pipeline(ElementSource elements, IReadOnlyDictionary<Tensor, NDArray> values)
    {
        _context = new PipelineContext(values);
        _elements = elements.Open(_context);
        _width = elements.Spec.Count;
    }

    ~Pipeline() => _context?.Stop();

    /// <summary>The components of the element reached last.</summary>
    public NDArray[] Current { get; private set; } = [];

    object IEnumerator.Current => Current;

    /// <summary>Goes on to the next element.</summary>
    /// <returns>False at the end.</returns>
    public bool MoveNext()
    {
        Current = [];
        Component[] element = new Component[_width];
        bool isThere = _elements.MoveNext(element);
        Current = isThere ? [.. element.Select(c => c.ToNDArray())] : [];
        return isThere;
    }

    void IEnumerator.Reset() => throw new NotSupportedException("begin another enumeration instead");

    public void Dispose()
    {
        _context.Stop();
        _elements.Dispose();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }
}
