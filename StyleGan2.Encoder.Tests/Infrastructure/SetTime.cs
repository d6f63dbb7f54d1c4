namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>A clock that a test sets.</summary>
internal sealed class SetTime : TimeProvider
{
    internal TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
