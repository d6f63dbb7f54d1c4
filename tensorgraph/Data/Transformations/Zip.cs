using TensorGraph.Data.Elements;

namespace TensorGraph.Data.Transformations;

/// <summary>
/// Elements of several sources side by side: the components of the first, then those of the second, and so on. It ends with the shortest.
/// </summary>
internal sealed class Zip : ElementSource
{
    internal Zip(ElementSource[] sources)
        : base([.. sources.SelectMany(s => s.Spec)], sources)
    {
        if (sources.Length == 0)
        {
            throw new ArgumentException("zip: there are no datasets", nameof(sources));
        }
    }

    internal override ElementStream Open(PipelineContext context) => new Stream([.. Sources.Select(s => (s.Open(context), s.Spec.Count))]);

    private sealed class Stream((ElementStream Elements, int Components)[] sources) : ElementStream
    {
        private bool _ended;

        internal override bool MoveNext(Span<Component> element)
        {
            foreach ((ElementStream elements, int components) in sources)
            {
                if (_ended || !elements.MoveNext(element[..components]))
                {
                    _ended = true;
                    break;
                }

                element = element[components..];
            }

            return !_ended;
        }

        public override void Dispose()
        {
            foreach ((ElementStream elements, _) in sources)
            {
                elements.Dispose();
            }
        }
    }
}
