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
        if (source is not PrefetchDataset { BufferSize: > 0 } prefetch)
        {
            return new Stream(source.Open(context), Spec.Count, size, _parallelCalls, new BatchMemory(1));
        }

        long ahead = Math.Max(1, prefetch.BufferSize / size);
        (int batches, int valuesOfOne) = ahead >= _parallelCalls ? (_parallelCalls, 1) : (1, _parallelCalls);
        BatchMemory memory = new((int)Math.Min(ahead + batches, int.MaxValue));
        return PrefetchDataset.Ahead(new Stream(prefetch.Sources[0].Open(context), Spec.Count, size, valuesOfOne, memory), Spec.Count, ahead, context, batches);
    }

    private sealed class Stream(ElementStream source, int width, long size, int parallelCalls, BatchMemory memory) : ElementStream
    {
        internal override bool MoveNext(Span<Component> element)
        {
            Func<Component[]>? make = BeginNext(width);
            make?.Invoke().CopyTo(element);
            return make is not null;
        }

        internal override Func<Component[]>? BeginNext(int width)
        {
            BatchInTheMaking batch = new(width, memory, parallelCalls);
            batch.Collect(source, size);
            return batch.Count > 0 ? batch.Make : null;
        }

        public override void Dispose()
        {
            source.Dispose();
            memory.Dispose();
        }
    }
}
