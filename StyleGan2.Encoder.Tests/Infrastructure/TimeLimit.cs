namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Runs what could go on for ever, and fails the test when it does.</summary>
internal static class TimeLimit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>The result of the work, which goes on in the background where it takes longer than half a minute.</summary>
    /// <exception cref="TimeoutException">The work has not ended within half a minute.</exception>
    internal static async Task<T> Within<T>(Func<T> work)
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        Task<T> running = Task.Factory.StartNew(work, cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return await running.WaitAsync(s_limit, cancelled);
    }
}
