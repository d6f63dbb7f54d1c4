using TensorGraph.Data.Batching;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Transformations;

/// <summary>Consecutive elements stacked along a new first axis; the last batch is smaller where the elements do not fill it.</summary>
/// <remarks>
/// Elements are read straight into their places in the batch, several at once if asked for. Elements of one batch must have one shape. Where reading fails for some, the
/// error of the first of them is thrown and the batch is lost; the next request goes on with the next batch. Memory of batches that were disposed is used again.
/// </remarks>
internal sealed class BatchDataset : Dataset
{
    /// <summary>Bytes of the largest batch that one call fills alone.</summary>
    private const long LargestFilledByOne = 32 << 20;

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
        else if (sizeTensor.DType != DataType.Int64 || sizeTensor.Shape.Rank != 0)
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

        return Sources[0] is PrefetchDataset { BufferSize: > 0 } prefetch
            ? OpenAhead(prefetch, size, context)
            : new Stream(Sources[0].Open(context), Spec.Count, size, _parallelCalls, new BatchMemory(1));
    }

    /// <summary>Makes the batches of prefetched elements ahead, in the background: otherwise what is prefetched would be copied once more.</summary>
    private ElementStream OpenAhead(PrefetchDataset prefetch, long size, PipelineContext context)
    {
        long ahead = Math.Max(1, prefetch.BufferSize / size);
        (int batches, int valuesOfOne) = ahead >= _parallelCalls && IsSmall(size) ? (_parallelCalls, 1) : (1, _parallelCalls);
        BatchMemory memory = new((int)Math.Min(ahead + batches, int.MaxValue));
        Stream stream = new(prefetch.Sources[0].Open(context), Spec.Count, size, valuesOfOne, memory);
        return PrefetchDataset.Ahead(stream, Spec.Count, ahead, context, batches);
    }

    /// <summary>Whether a batch is so small that calls fill one each: for a larger one it costs little that they wait for each other, and memory is saved.</summary>
    private bool IsSmall(long size) => Sources[0].Spec.Sum(s => s.DType.ByteSize() * (s.Shape.Elements ?? LargestFilledByOne)) <= LargestFilledByOne / size;

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
