using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Projection;

/// <summary>Projects pictures with several projectors at the same time, each on a thread of its own.</summary>
/// <param name="projectors">The projectors.</param>
internal sealed class ProjectionJobs(IReadOnlyList<Projector> projectors)
{
    /// <summary>Projects pictures: a projector that is free takes the next one.</summary>
    /// <param name="pictures">The pictures, which are enumerated by one thread at a time.</param>
    /// <param name="project">Projects one; where it throws, the other projections stop too, and the error is thrown here.</param>
    /// <param name="cancellationToken">Stops all of them.</param>
    /// <exception cref="StoppedException">They were stopped, and there are checkpoints of some pictures.</exception>
    /// <exception cref="OperationCanceledException">They were stopped.</exception>
    internal void ForEach<T>(IEnumerable<T> pictures, Action<T, Projector, CancellationToken> project, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IEnumerator<T> queue = pictures.GetEnumerator();
        Lock turn = new();
        ConcurrentQueue<Exception> errors = [];
        Task.WaitAll(
            projectors.Select(p => Task.Factory.StartNew(
                () => Work(p), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
            CancellationToken.None);
        ThrowAny([.. errors], cancellationToken);

        void Work(Projector projector)
        {
            try
            {
                while (TryTake(out T? picture))
                {
                    project(picture, projector, stop.Token);
                }
            }
            catch (Exception error)
            {
                errors.Enqueue(error);
                stop.Cancel();
            }
        }

        bool TryTake([MaybeNullWhen(false)] out T picture)
        {
            lock (turn)
            {
                stop.Token.ThrowIfCancellationRequested();
                bool isThere = queue.MoveNext();
                picture = isThere ? queue.Current : default;
                return isThere;
            }
        }
    }

    /// <summary>Throws what went wrong first; where there were only requests to stop, one error for all of them.</summary>
    private static void ThrowAny(Exception[] errors, CancellationToken cancellationToken)
    {
        Exception? first = errors.FirstOrDefault(e => e is not OperationCanceledException) ?? errors.FirstOrDefault();
        StoppedProjectionException[] stopped =
            [.. errors.OfType<StoppedProjectionException>().OrderBy(e => e.Picture, StringComparer.Ordinal)];
        if (first is OperationCanceledException && stopped.Length > 0)
        {
            throw new StoppedException(
                $"stopped at {string.Join(" and ", stopped.Select(e => e.Message))}; run the same command again to go on from there",
                cancellationToken);
        }

        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
