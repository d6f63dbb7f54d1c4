namespace TensorGraph.Data.Transformations;

/// <summary>Elements of several datasets side by side: the components of the first, then those of the second, and so on. It ends with the shortest.</summary>
internal sealed class ZipDataset : Dataset
{
    internal ZipDataset(Dataset[] sources)
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
            int filled = 0;
            try
            {
                foreach ((ElementStream elements, int components) in sources)
                {
                    if (_ended || !elements.MoveNext(element.Slice(filled, components)))
                    {
                        _ended = true;
                        break;
                    }

                    filled += components;
                }
            }
            finally
            {
                if (filled < element.Length)
                {
                    Release(element[..filled]);
                }
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
