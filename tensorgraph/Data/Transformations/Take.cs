using TensorGraph.Data.Elements;

namespace TensorGraph.Data.Transformations;

/// <summary>At most the first <c>count</c> elements; all of them where it is -1. Nothing is asked of the source beyond those.</summary>
internal sealed class Take : ElementSource
{
    private readonly long _count;

    internal Take(ElementSource source, long count)
        : base(source.Spec, source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, -1);
        _count = count;
    }

    internal override ElementStream Open(PipelineContext context) =>
        _count < 0 ? Sources[0].Open(context) : new Stream(Sources[0].Open(context), _count);

    private sealed class Stream(ElementStream source, long left) : ElementStream
    {
        private long _left = left;

        internal override bool MoveNext(Span<Component> element)
        {
            if (_left == 0)
            {
                return false;
            }

            _left--;
            return source.MoveNext(element);
        }

        public override void Dispose() => source.Dispose();
    }
}
