using System.Diagnostics;

namespace DatasetTool.CommandLine;

/// <summary>Shows the user what libraries report with <see cref="Trace.TraceWarning(string)"/>: one line each, on standard error.</summary>
internal sealed class WarningListener : TraceListener
{
    /// <inheritdoc/>
    public override void TraceEvent(TraceEventCache? eventCache, string source, TraceEventType eventType, int id, string? message)
    {
        if (eventType == TraceEventType.Warning)
        {
            Console.Error.WriteLine($"Warning: {message}");
        }
    }

    /// <inheritdoc/>
    public override void Write(string? message)
    {
    }

    /// <inheritdoc/>
    public override void WriteLine(string? message)
    {
    }
}
