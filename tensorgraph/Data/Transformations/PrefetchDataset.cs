using System.Threading.Channels;

namespace TensorGraph.Data.Transformations;

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

    /// <summary>A stream that keeps elements of another ready, making some of them at once if asked for.</summary>
    internal static ElementStream Ahead(ElementStream source, int width, long bufferSize, PipelineContext context, int parallelCalls = 1) =>
        bufferSize == 0 ? source : new Stream(source, width, bufferSize, context, parallelCalls);

    private sealed class Stream : ElementStream
    {
        private readonly ElementStream _source;
        private readonly int _width;
        private readonly PipelineContext _context;
        private readonly int _parallelCalls;
        private readonly Channel<TaskCompletionSource<Component[]?>> _ready;
        private readonly Lock _gate = new();
        private Task? _filling;

        internal Stream(ElementStream source, int width, long bufferSize, PipelineContext context, int parallelCalls)
        {
            _source = source;
            _width = width;
            _context = context;
            _parallelCalls = parallelCalls;
            BoundedChannelOptions options = new((int)Math.Min(bufferSize, int.MaxValue)) { SingleReader = true, SingleWriter = parallelCalls == 1 };
            _ready = Channel.CreateBounded<TaskCompletionSource<Component[]?>>(options);
        }

        internal override bool MoveNext(Span<Component> element)
        {
            _filling ??= Task.WhenAll(Enumerable.Range(0, _parallelCalls).Select(_ => Task.Run(FillAsync)));
            TaskCompletionSource<Component[]?>? next;
            while (!_ready.Reader.TryRead(out next))
            {
                if (!_ready.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    return false;
                }
            }

            Component[]? made = next.Task.GetAwaiter().GetResult();
            made?.CopyTo(element);
            return made is not null;
        }

        public override void Dispose()
        {
            _ready.Writer.TryComplete();
            _filling?.GetAwaiter().GetResult();
            while (_ready.Reader.TryRead(out TaskCompletionSource<Component[]?>? unused))
            {
                if (unused.Task is { IsCompletedSuccessfully: true, Result: { } element })
                {
                    Release(element);
                }
            }

            _source.Dispose();
        }

        private async Task FillAsync()
        {
            while (!_context.IsStopped && await _ready.Writer.WaitToWriteAsync())
            {
                TakeTurn()?.Invoke();
            }

            _ready.Writer.TryComplete();
        }

        /// <summary>Takes the next element's turn, and what it is made of.</summary>
        /// <returns>Makes the element; nothing where there is none to be made.</returns>
        private Action? TakeTurn()
        {
            lock (_gate)
            {
                TaskCompletionSource<Component[]?> turn = new();
                if (!_ready.Writer.TryWrite(turn))
                {
                    return null;
                }

                try
                {
                    if (_source.BeginNext(_width) is { } make)
                    {
                        return () => Make(turn, make);
                    }

                    turn.SetResult(null);
                    _ready.Writer.TryComplete();
                }
                catch (Exception e)
                {
                    turn.SetException(e);
                }

                return null;
            }
        }

        private static void Make(TaskCompletionSource<Component[]?> turn, Func<Component[]> make)
        {
            try
            {
                turn.SetResult(make());
            }
            catch (Exception e)
            {
                turn.SetException(e);
            }
        }
    }
}
