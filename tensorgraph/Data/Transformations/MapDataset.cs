using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Transformations;

/// <summary>A function of each element, in the order of the elements however many are worked on at once.</summary>
/// <remarks>
/// With several calls at once the function runs on the thread pool for elements not yet asked for. What it throws is thrown, as an <see cref="ElementException"/> with the
/// element's index in this pass, where that element is asked for; the next request goes on with the next element.
/// </remarks>
internal sealed class MapDataset : Dataset
{
    private readonly Dataset _source;
    private readonly Func<NDArray[], NDArray[]> _function;
    private readonly int _parallelCalls;

    internal MapDataset(Dataset source, Func<NDArray[], NDArray[]> function, IReadOnlyList<(DataType, TensorShape)> output, int parallelCalls)
        : base(output, source)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelCalls, 1);
        _source = source;
        _function = function;
        _parallelCalls = parallelCalls;
    }

    internal override ElementStream Open(PipelineContext context) => new Stream(this, _source.Open(context));

    /// <summary>Applies the function to one element.</summary>
    private Component[] Apply(Component[] element, long index)
    {
        try
        {
            NDArray[] results = _function([.. element.Select(c => c.ToNDArray())]);
            Component[] components = [.. results.Select(ArraySource.Whole)];
            return components.Length == Spec.Count && components.Zip(Spec).All(p => Fits(p.First, p.Second))
                ? components
                : throw new InvalidOperationException($"map declares {Describe(Spec)}; its function made {Describe(components.Select(c => (c.DType, c.KnownShape)))}");
        }
        catch (Exception e)
        {
            throw new ElementException("map", index, e);
        }
        finally
        {
            ElementStream.Release(element);
        }
    }

    private static bool Fits(in Component component, (DataType DType, TensorShape Shape) declared) =>
        component.DType == declared.DType && component.KnownShape.IsCompatibleWith(declared.Shape);

    private static string Describe(IEnumerable<(DataType DType, TensorShape Shape)> components) => string.Join(", ", components.Select(c => $"{c.DType} {c.Shape}"));

    private sealed class Stream(MapDataset map, ElementStream source) : ElementStream
    {
        private readonly Queue<Task<Component[]>> _calls = new();
        private long _next;
        private bool _sourceEnded;

        internal override bool MoveNext(Span<Component> element)
        {
            while (!_sourceEnded && _calls.Count < map._parallelCalls)
            {
                StartCall();
            }

            if (!_calls.TryDequeue(out Task<Component[]>? call))
            {
                return false;
            }

            call.GetAwaiter().GetResult().CopyTo(element);
            return true;
        }

        public override void Dispose()
        {
            ((Task)Task.WhenAll(_calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            source.Dispose();
        }

        private void StartCall()
        {
            Component[] input = new Component[map._source.Spec.Count];
            try
            {
                if (!source.MoveNext(input))
                {
                    _sourceEnded = true;
                    return;
                }
            }
            catch (Exception e)
            {
                // It is this element's turn only after the calls under way.
                _calls.Enqueue(Task.FromException<Component[]>(e));
                return;
            }

            long index = _next++;
            _calls.Enqueue(map._parallelCalls == 1 ? Now(input, index) : Task.Run(() => map.Apply(input, index)));
        }

        private Task<Component[]> Now(Component[] input, long index)
        {
            try
            {
                return Task.FromResult(map.Apply(input, index));
            }
            catch (ElementException e)
            {
                return Task.FromException<Component[]>(e);
            }
        }
    }
}
