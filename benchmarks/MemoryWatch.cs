namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Watches how far the process's memory grows beyond what it is at the beginning.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const int Milliseconds = 2;

    private readonly long _start = Environment.WorkingSet;
    private readonly Timer _timer;
    private long _largest;

    internal MemoryWatch() => _timer = new Timer(_ => Look(), null, 0, Milliseconds);

    /// <summary>The largest growth seen, in bytes.</summary>
    internal long Largest => Interlocked.Read(ref _largest);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long growth = Environment.WorkingSet - _start;
        long seen = Largest;
        while (growth > seen)
        {
            seen = Interlocked.CompareExchange(ref _largest, growth, seen);
        }
    }
}
