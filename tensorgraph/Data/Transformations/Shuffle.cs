using System.Runtime.InteropServices;
using TensorGraph.Data.Elements;
using TensorGraph.Random;

namespace TensorGraph.Data.Transformations;

/// <summary>
/// Elements in random order: a buffer is filled, then each request draws one of those in it, and the next of the source takes its place.
/// </summary>
/// <remarks>
/// The order is TensorFlow's, bit for bit. With reshuffling, a generator of the pipeline gives each pass of a repetition two seeds, so that
/// its order differs; running the
/// initializer again starts that generator over. Without, every pass has the order that the seeds themselves give. The buffer holds
/// references to what is in files, copies
/// of nothing; it grows with what it holds, up to its size.
/// </remarks>
internal sealed class Shuffle(ElementSource source, long bufferSize, (long Seed, long Seed2) seeds, bool reshuffles)
    : ElementSource(source.Spec, source)
{
    internal override ElementStream Open(PipelineContext context)
    {
        PhiloxWords words = new(new Philox((ulong)seeds.Seed, (ulong)seeds.Seed2));
        if (reshuffles)
        {
            PhiloxWords passes = context.Shared(this, () => words);
            words = new PhiloxWords(new Philox(passes.Next(), passes.Next()));
        }

        return new Stream(Sources[0].Open(context), Spec.Count, bufferSize, words);
    }

    private sealed class Stream(ElementStream source, int width, long bufferSize, PhiloxWords words) : ElementStream
    {
        private readonly List<Component> _ring = [];
        private readonly Component[] _next = new Component[width];
        private long _head;
        private long _count;
        private bool _isFilled;
        private bool _sourceEnded;

        internal override bool MoveNext(Span<Component> element)
        {
            Fill();
            if (_count == 0)
            {
                return false;
            }

            long drawn = (_head + (words.Next() % _count)) % Slots;
            Slot(drawn).CopyTo(element);
            Slot(_head).CopyTo(Slot(drawn));
            Slot(_head).Clear();
            _head = (_head + 1) % Slots;
            _count--;
            return true;
        }

        public override void Dispose() => source.Dispose();

        private int Slots => _ring.Count / width;

        private Span<Component> Slot(long index) => CollectionsMarshal.AsSpan(_ring).Slice((int)index * width, width);

        /// <summary>Fills the buffer at first, then the place left by the element drawn last.</summary>
        private void Fill()
        {
            while (!_sourceEnded && _count < bufferSize)
            {
                if (!source.MoveNext(_next))
                {
                    _sourceEnded = true;
                }
                else if (_isFilled)
                {
                    _next.CopyTo(Slot((_head + _count++) % Slots));
                }
                else
                {
                    _ring.AddRange(_next);
                    _count++;
                }
            }

            _isFilled = true;
        }
    }
}
