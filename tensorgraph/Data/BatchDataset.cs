using NumSharp;

namespace TensorGraph.Data;

/// <summary>Consecutive elements stacked along a new first axis; the last batch is smaller where the elements do not fill it.</summary>
/// <remarks>
/// Elements are read straight into their places in the batch, several at once if asked for. Elements of one batch must have one shape. Where reading fails for some, the
/// error of the first of them is thrown and the batch is lost; the next request goes on with the next batch. Memory of batches that were disposed is used again.
/// </remarks>
internal sealed class BatchDataset : Dataset
{
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
        return source is PrefetchDataset { BufferSize: > 0 } prefetch
            ? PrefetchDataset.Ahead(OpenOn(prefetch.Sources[0], size, context), Spec.Count, Math.Max(1, prefetch.BufferSize / size), context)
            : OpenOn(source, size, context);
    }

    private Stream OpenOn(Dataset source, long size, PipelineContext context) => new(source.Open(context), Spec.Count, size, _parallelCalls);

    private sealed class Stream(ElementStream source, int width, long size, int parallelCalls) : ElementStream
    {
        private readonly List<Component> _elements = [];
        private readonly BatchMemory[] _memory = [.. Enumerable.Range(0, width).Select(_ => new BatchMemory())];
        private readonly Component[] _next = new Component[width];

        internal override bool MoveNext(Span<Component> element)
        {
            try
            {
                Collect();
                if (_elements.Count == 0)
                {
                    return false;
                }

                Stack(element);
                return true;
            }
            finally
            {
                Release(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_elements));
                _elements.Clear();
            }
        }

        public override void Dispose()
        {
            source.Dispose();
            Array.ForEach(_memory, m => m.Dispose());
        }

        private void Collect()
        {
            for (long i = 0; i < size && source.MoveNext(_next); i++)
            {
                _elements.AddRange(_next);
                for (int c = 0; c < width; c++)
                {
                    RequireShape(_elements[c].KnownShape, _next[c].KnownShape, i);
                }
            }
        }

        private static void RequireShape(TensorShape first, TensorShape shape, long index)
        {
            if (first != shape)
            {
                throw new InvalidOperationException($"batch: element {index} of the batch has shape {shape}, the first {first}; only equal shapes can be stacked");
            }
        }

        private void Stack(Span<Component> element)
        {
            int count = _elements.Count / width;
            NDArray[] batch = [.. _memory.Select((m, c) => m.Take(_elements[c].DType, [count, .. _elements[c].KnownShape]))];
            try
            {
                Fill(batch, count);
            }
            catch
            {
                Array.ForEach(batch, b => b.Dispose());
                throw;
            }

            for (int c = 0; c < width; c++)
            {
                element[c] = ArraySource.Whole(batch[c]);
            }
        }

        private void Fill(NDArray[] batch, int count)
        {
            if (parallelCalls == 1 || count == 1)
            {
                for (int i = 0; i < count; i++)
                {
                    Place(batch, count, i);
                }

                return;
            }

            FirstError error = new();
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = parallelCalls }, (i, loop) => error.Catch(i, loop, () => Place(batch, count, i)));
            error.ThrowIfAny();
        }

        /// <summary>Puts an element's components into their rows.</summary>
        private unsafe void Place(NDArray[] batch, int count, int index)
        {
            for (int c = 0; c < width; c++)
            {
                NDArray array = batch[c];
                long rowSize = array.size * array.dtypesize / count;
                if (rowSize > 0)
                {
                    _elements[(index * width) + c].CopyTo(new Span<byte>((byte*)array.Unsafe.Address + (index * rowSize), checked((int)rowSize)));
                    GC.KeepAlive(array);
                }
            }
        }
    }
}
