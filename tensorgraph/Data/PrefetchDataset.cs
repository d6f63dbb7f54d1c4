using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace TensorGraph.Data;

/// <summary>The source's elements, made in the background and kept ready, at most <c>bufferSize</c> of them; their order and errors stay as they are.</summary>
/// <remarks>
/// Filling begins with the first request. It occupies a thread only while there is room to fill: a full buffer is a suspended task, which a dropped pipeline takes along.
/// Batches of prefetched elements are made in the background as wholes, as many as those elements fill, so that what is read goes straight to its place.
/// </remarks>
internal sealed class PrefetchDataset : Dataset
{
    internal PrefetchDataset(Dataset source, long bufferSize)
        : base(source.Spec, source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 0);
        BufferSize = bufferSize;
    }

    internal long BufferSize { get; }

    internal override ElementStream Open(PipelineContext context) => Ahead(Sources[0].Open(context), Spec.Count, BufferSize, context);

    /// <summary>A stream that keeps elements of another ready.</summary>
    internal static ElementStream Ahead(ElementStream source, int width, long bufferSize, PipelineContext context) =>
        bufferSize == 0 ? source : new Stream(source, width, bufferSize, context);

    private sealed class Stream : ElementStream
    {
        private readonly ElementStream _source;
        private readonly int _width;
        private readonly PipelineContext _context;
        private readonly Channel<Item> _ready;
        private Task? _filling;

        internal Stream(ElementStream source, int width, long bufferSize, PipelineContext context)
        {
            _source = source;
            _width = width;
            _context = context;
            _ready = Channel.CreateBounded<Item>(
                new BoundedChannelOptions((int)Math.Min(bufferSize, int.MaxValue)) { SingleReader = true, SingleWriter = true });
        }

        internal override bool MoveNext(Span<Component> element)
        {
            _filling ??= Task.Run(FillAsync);
            Item item;
            while (!_ready.Reader.TryRead(out item))
            {
                if (!_ready.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    return false;
                }
            }

            item.Error?.Throw();
            item.Element.CopyTo(element);
            return true;
        }

        public override void Dispose()
        {
            _ready.Writer.TryComplete();
            _filling?.GetAwaiter().GetResult();
            while (_ready.Reader.TryRead(out Item item))
            {
                Release(item.Element);
            }

            _source.Dispose();
        }

        private async Task FillAsync()
        {
            while (!_context.IsStopped && await _ready.Writer.WaitToWriteAsync() && TryMake(out Item item))
            {
                if (!_ready.Writer.TryWrite(item))
                {
                    Release(item.Element);
                }
            }

            _ready.Writer.TryComplete();
        }

        private bool TryMake(out Item item)
        {
            Component[] element = new Component[_width];
            try
            {
                bool made = _source.MoveNext(element);
                item = new Item(made ? [.. element.Select(c => c.Loaded())] : [], null);
                return made;
            }
            catch (Exception e)
            {
                item = new Item([], ExceptionDispatchInfo.Capture(e));
                return true;
            }
        }
    }

    /// <summary>An element that is ready, or what was thrown in making it.</summary>
    private readonly record struct Item(Component[] Element, ExceptionDispatchInfo? Error);
}
