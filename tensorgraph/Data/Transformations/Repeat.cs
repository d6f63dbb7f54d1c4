using TensorGraph.Data.Elements;

namespace TensorGraph.Data.Transformations;

/// <summary>
/// The source <c>count</c> times over; without end where it is -1, unless the source has no elements at all. Each pass begins when the one
/// before has ended.
/// </summary>
internal sealed class Repeat(ElementSource source, long count) : ElementSource(source.Spec, source)
{
    internal override ElementStream Open(PipelineContext context) => new Stream(Sources[0], count, context);

    private sealed class Stream(ElementSource source, long count, PipelineContext context) : ElementStream
    {
        private ElementStream? _pass;
        private long _passesLeft = count;
        private bool _passIsEmpty;

        internal override bool MoveNext(Span<Component> element)
        {
            while (_pass is not null || BeginPass())
            {
                if (_pass!.MoveNext(element))
                {
                    _passIsEmpty = false;
                    return true;
                }

                EndPass();
            }

            return false;
        }

        public override void Dispose() => _pass?.Dispose();

        private bool BeginPass()
        {
            if (_passesLeft == 0 || context.Stopping.IsCancellationRequested)
            {
                return false;
            }

            _pass = source.Open(context);
            _passesLeft = Math.Max(_passesLeft - 1, -1);
            _passIsEmpty = true;
            return true;
        }

        private void EndPass()
        {
            _pass!.Dispose();
            _pass = null;
            _passesLeft = _passIsEmpty ? 0 : _passesLeft;
        }
    }
}
