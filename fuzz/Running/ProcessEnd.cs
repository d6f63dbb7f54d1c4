namespace Fuzz.Running;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; null where a signal ended it.</param>
/// <param name="Signal">The signal; 0 where none did.</param>
/// <param name="Elapsed">How long it ran.</param>
/// <param name="PeakMemory">The most memory that it had, in bytes.</param>
internal sealed record ProcessEnd(int? ExitCode, int Signal, TimeSpan Elapsed, long PeakMemory);
