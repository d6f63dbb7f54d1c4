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
internal sealed class Batch(ElementSource source, Tensor? sizeTensor, long size, int workers)
    : ElementSource([.. source.Spec.Select(s => (s.DType, new TensorShape([-1, .. s.Shape])))], source)
{
    protected override IEnumerable<Tensor> OwnInputs => sizeTensor is null ? [] : [sizeTensor];

    internal override ElementStream Open(PipelineContext context)
    {
        long length = sizeTensor is null ? size : context.ValueOf(sizeTensor).GetAtIndex<long>(0);
        if (length < 1)
        {
            throw new InvalidOperationException($"batch: the size is {length}; it must be at least 1");
        }

        (ElementStream elements, long elementsAhead) = Sources[0].OpenForMakingAhead(context);
        long ahead = elementsAhead == 0 ? 0 : Math.Max(1, elementsAhead / length);
        BatchMemory memory = context.Shared(this, () => new BatchMemory(spare: ahead + 1));
        return new MadeElements(elements, BeginNext, ahead, workers: 1, context);

        Func<Component[]>? BeginNext()
        {
            BatchBuilder batch = new(Spec.Count);
            batch.Collect(elements, length);
            return batch.Count > 0 ? () => batch.Build(memory, workers) : null;
        }
    }
}
