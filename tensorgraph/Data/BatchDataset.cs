using System.Runtime.InteropServices;

namespace TensorGraph.Data;

/// <summary>Consecutive elements stacked along a new first axis; the last batch is smaller where the elements do not fill it.</summary>
/// <remarks>
/// Elements are read straight into their places in the batch, several at once if asked for. Elements of one batch must have one shape. Where reading fails for some, the
/// error of the first of them is thrown and the batch is lost; the next request goes on with the next batch. Memory of batches that were disposed is used again.
/// </remarks>
internal sealed class BatchDataset : Dataset
{
    /// <summary>Memory of at most so many batches waits to be used again where they are made ahead.</summary>
    private const int MostSpareBatches = 4;

    private readonly long _size;
    private readonly Tensor? _sizeTensor;
    private readonly int _parallelCalls;

    internal BatchDataset(Dataset source, long size, Tensor? sizeTensor, int parallelCalls)
        : base([.. source.Spec.Select(s => (s.DType, new TensorShape([-1, .. s.Shape])))], source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelCalls, 1);
        if (sizeTensor is null)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        }
        else if (sizeTensor.DType != DType.Int64 || sizeTensor.Shape.Rank != 0)
        {
            throw new ArgumentException($"batch: the size {sizeTensor} is not an int64 scalar", nameof(sizeTensor));
        }

        _size = size;
        _sizeTensor = sizeTensor;
        _parallelCalls = parallelCalls;
    }

    private protected override IEnumerable<Tensor> OwnInputs => _sizeTensor is null ? [] : [_sizeTensor];

    internal override ElementStream Open(PipelineContext context)
    {
        long size = _sizeTensor is null ? _size : context.ValueOf(_sizeTensor).GetAtIndex<long>(0);
        if (size < 1)
        {
            throw new InvalidOperationException($"batch: the size is {size}; it must be at least 1");
        }

        // Made ahead, a batch is filled in the background: otherwise what is prefetched would be copied once more.
        Dataset source = Sources[0];
        if (source is not PrefetchDataset { BufferSize: > 0 } prefetch)
        {
            return OpenOn(source, size, 1, context);
        }

        long ahead = Math.Max(1, prefetch.BufferSize / size);
        return PrefetchDataset.Ahead(OpenOn(prefetch.Sources[0], size, (int)Math.Min(1 + ahead, MostSpareBatches), context), Spec.Count, ahead, context);
    }

    private Stream OpenOn(Dataset source, long size, int spareBatches, PipelineContext context) =>
        new(source.Open(context), Spec.Count, size, _parallelCalls, new BatchMemory(spareBatches));

    private sealed class Stream : ElementStream
    {
        private readonly ElementStream _source;
        private readonly int _width;
        private readonly long _size;
        private readonly ParallelOptions _parallel;
        private readonly Action<int, ParallelLoopState> _place;
        private readonly List<Component> _elements = [];
        private readonly BatchMemory _memory;
        private readonly Component[] _next;
        private readonly BatchColumn[] _columns;
        private readonly FirstError _error = new();

        internal Stream(ElementStream source, int width, long size, int parallelCalls, BatchMemory memory)
        {
            _source = source;
            _width = width;
            _size = size;
            _memory = memory;
            _parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelCalls };
            _place = PlaceUnlessFailed;
            _next = new Component[width];
            _columns = new BatchColumn[width];
        }

        internal override bool MoveNext(Span<Component> element)
        {
            try
            {
                Collect();
                if (_elements.Count == 0)
                {
                    return false;
                }

                Stack(_elements.Count / _width);
                for (int c = 0; c < _width; c++)
                {
                    element[c] = _columns[c].Batch;
                }

                return true;
            }
            finally
            {
                Release(CollectionsMarshal.AsSpan(_elements));
                _elements.Clear();
            }
        }

        public override void Dispose()
        {
            _source.Dispose();
            _memory.Dispose();
        }

        private void Collect()
        {
            for (long i = 0; i < _size && _source.MoveNext(_next); i++)
            {
                _elements.AddRange(_next);
                for (int c = 0; c < _width; c++)
                {
                    RequireShape(_elements[c], _next[c], i);
                }
            }
        }

        private static void RequireShape(in Component first, in Component component, long index)
        {
            if (first.KnownShape != component.KnownShape)
            {
                throw new InvalidOperationException(
                    $"batch: element {index} of the batch has shape {component.KnownShape}, the first {first.KnownShape}; only equal shapes can be stacked");
            }
        }

        private void Stack(int count)
        {
            for (int c = 0; c < _width; c++)
            {
                _columns[c] = new BatchColumn(_elements[c], count, _memory);
            }

            try
            {
                Fill(count);
            }
            catch
            {
                Array.ForEach(_columns, c => c.Batch.Release());
                throw;
            }
        }

        private void Fill(int count)
        {
            if (_parallel.MaxDegreeOfParallelism == 1 || count == 1)
            {
                for (int i = 0; i < count; i++)
                {
                    Place(i);
                }

                return;
            }

            Parallel.For(0, count, _parallel, _place);
            _error.ThrowIfAny();
        }

        private void PlaceUnlessFailed(int index, ParallelLoopState loop)
        {
            try
            {
                Place(index);
            }
            catch (Exception e)
            {
                loop.Break();
                _error.Note(index, e);
            }
        }

        /// <summary>Puts an element's components into their rows.</summary>
        private void Place(int index)
        {
            for (int c = 0; c < _width; c++)
            {
                _columns[c].Place(_elements[(index * _width) + c], index);
            }
        }
    }
}
