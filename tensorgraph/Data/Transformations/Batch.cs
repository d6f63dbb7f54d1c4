using TensorGraph.Data.Batching;
using TensorGraph.Data.Elements;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Transformations;

/// <summary>Consecutive elements stacked along a new first axis; the last batch is smaller where the elements do not fill it.</summary>
/// <remarks>
/// Elements are read straight into their places in the batch, several at once if asked for. Elements of one batch must have one shape.
/// Where reading fails for some, the
/// error of the first of them is thrown and the batch is lost; the next request goes on with the next batch. Memory of batches that were
/// disposed is used again.
/// </remarks>
internal sealed class Batch : ElementSource
{
    private readonly long _size;
    private readonly Tensor? _sizeTensor;
    private readonly int _workers;

    internal Batch(ElementSource source, long size, int workers)
        : this(source, null, workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        _size = size;
    }

    internal Batch(ElementSource source, Tensor? size, int workers)
        : base([.. source.Spec.Select(s => (s.DType, new TensorShape([-1, .. s.Shape])))], source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        if (size is not null && (size.DType != DataType.Int64 || size.Shape.Rank != 0))
        {
            throw new ArgumentException($"batch: the size {size} is not an int64 scalar", nameof(size));
        }

        _sizeTensor = size;
        _workers = workers;
    }

    protected override IEnumerable<Tensor> OwnInputs => _sizeTensor is null ? [] : [_sizeTensor];

    internal override ElementStream Open(PipelineContext context)
    {
        long size = _sizeTensor is null ? _size : context.ValueOf(_sizeTensor).GetAtIndex<long>(0);
        if (size < 1)
        {
            throw new InvalidOperationException($"batch: the size is {size}; it must be at least 1");
        }

        (ElementStream elements, long elementsAhead) = Sources[0].OpenForMakingAhead(context);
        long ahead = elementsAhead == 0 ? 0 : Math.Max(1, elementsAhead / size);
        BatchMemory memory = context.Shared(this, () => new BatchMemory(spare: ahead + 1));
        return new MadeElements(elements, BeginNext, ahead, workers: 1, context);

        Func<Component[]>? BeginNext()
        {
            BatchBuilder batch = new(Spec.Count);
            batch.Collect(elements, size);
            return batch.Count > 0 ? () => batch.Build(memory, _workers) : null;
        }
    }
}
