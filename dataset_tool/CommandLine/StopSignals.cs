using System.Runtime.InteropServices;

namespace DatasetTool.CommandLine;

/// <summary>Ctrl-C and SIGTERM: the first one asks the work to stop, the second ends the program at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    internal StopSignals() => _registrations =
    [
        Register(PosixSignal.SIGINT, CommandLine.ExitCode.Interrupted),
        Register(PosixSignal.SIGTERM, CommandLine.ExitCode.Terminated),
    ];

    /// <summary>Is cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>The exit code of a program that the signal stopped.</summary>
    internal int ExitCode { get; private set; }

    public void Dispose()
    {
        Array.ForEach(_registrations, r => r.Dispose());
        _source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal, int exitCode) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !_source.IsCancellationRequested;
        ExitCode = exitCode;
        _source.Cancel();
    });
}
