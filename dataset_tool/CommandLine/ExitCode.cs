namespace DatasetTool.CommandLine;

/// <summary>What a program's exit codes mean.</summary>
internal static class ExitCode
{
    /// <summary>Every code with its meaning, for the help and the pages of commands.</summary>
    internal static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Done, "done"),
        (Failed, "something failed; what did not is done"),
        (WrongUsage, "wrong usage; nothing was done"),
        (InternalError, "an error of the program; please report it"),
        (Interrupted, "stopped by Ctrl-C"),
        (Terminated, "stopped by SIGTERM"),
    ];

    /// <summary>Everything is done.</summary>
    internal const int Done = 0;

    /// <summary>Something failed, for a reason that the user can mend.</summary>
    internal const int Failed = 1;

    /// <summary>The command line is wrong; nothing was done.</summary>
    internal const int WrongUsage = 2;

    /// <summary>Not everything is done; the same command can do more later (<c>EX_TEMPFAIL</c> of BSD's sysexits).</summary>
    internal const int TryAgain = 75;

    /// <summary>The program has a mistake (<c>EX_SOFTWARE</c> of BSD's sysexits).</summary>
    internal const int InternalError = 70;

    /// <summary>Ended by Ctrl-C, as shells count it.</summary>
    internal const int Interrupted = 130;

    /// <summary>Ended by SIGTERM, as shells count it.</summary>
    internal const int Terminated = 143;
}
