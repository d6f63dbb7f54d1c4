using System.Diagnostics;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>What a job took.</summary>
/// <param name="Wall">Seconds on the clock.</param>
/// <param name="Cpu">Seconds of processor time, of all threads, in the program and in the system.</param>
internal readonly record struct Cost(double Wall, double Cpu)
{
    internal static Cost Of(Action job)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        job();
        return new Cost(Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }
}
