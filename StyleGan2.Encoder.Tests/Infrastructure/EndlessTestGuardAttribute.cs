using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: StyleGan2.Encoder.Tests.Infrastructure.EndlessTestGuard]

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Ends the test process, naming the test, when one runs longer than any should: a hang is a failure, not a wait.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class EndlessTestGuardAttribute : BeforeAfterTestAttribute
{
    private const int ExitCode = 3;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, Timer> _timers = [];

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        _timers[test.UniqueID] = new Timer(_ => EndProcess(test.TestDisplayName), null, s_limit, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (_timers.TryRemove(test.UniqueID, out Timer? timer))
        {
            timer.Dispose();
        }
    }

    private static void EndProcess(string test)
    {
        Console.Error.WriteLine($"{test} has not ended within {s_limit.TotalMinutes} minutes; the test run stops here");
        Environment.Exit(ExitCode);
    }
}
