using TensorGraph.Data.Elements;

namespace TensorGraph.Data.Transformations;

/// <summary>At most the first <c>count</c> elements; all of them where it is -1. Nothing is asked of the source beyond those.</summary>
internal sealed class Take(ElementSource source, long count) : ElementSource(source.Spec, source)
{
    internal override ElementStream Open(PipelineContext context) =>
        count < 0 ? Sources[0].Open(context) : new Stream(Sources[0].Open(context), count);

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
