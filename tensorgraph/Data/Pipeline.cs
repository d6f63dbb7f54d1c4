using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>A dataset being iterated over.</summary>
/// <remarks>Nothing that runs in the background refers to the pipeline itself, so that one that is dropped is collected; it then stops what still runs.</remarks>
internal sealed class Pipeline : IDisposable
{
    private readonly PipelineContext _context;
    private readonly ElementStream _elements;
    private readonly Component[] _element;

    /// <summary>Starts at the first element.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="values">The value of each tensor that it takes.</param>
    internal Pipeline(Dataset dataset, IReadOnlyDictionary<Tensor, NDArray> values)
    {
        _context = new PipelineContext(values);
        _elements = dataset.Open(_context);
        _element = new Component[dataset.Spec.Count];
    }

    ~Pipeline() => _context?.Stop();

    /// <summary>The next element's components, or null at the end.</summary>
    internal NDArray[]? Next()
    {
        if (!_elements.MoveNext(_element))
        {
            return null;
        }

        try
        {
            return [.. _element.Select(c => c.ToNDArray())];
        }
        finally
        {
            ElementStream.Release(_element);
            Array.Clear(_element);
        }
    }

    public void Dispose()
    {
        _context.Stop();
        _elements.Dispose();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }
}
