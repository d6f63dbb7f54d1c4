using System.Reflection;

namespace DatasetTool.CommandLine;

/// <summary>Errors as the user sees them: one line, and where in the program it came from only on request.</summary>
internal static class ErrorReport
{
    /// <summary>Writes an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="command">The command that it ended.</param>
    /// <param name="isVerbose">Whether it is shown where in the program it came from.</param>
    /// <param name="files">The files and folders that the command was given, for errors that name none.</param>
    /// <param name="output">Where it is written; standard error if left out.</param>
    /// <returns>The exit code.</returns>
    internal static int Write(Exception error, string command, bool isVerbose, IEnumerable<string>? files = null, TextWriter? output = null)
    {
        output ??= Console.Error;
        Exception cause = Cause(error);
        (int exitCode, string line) = cause switch
        {
            TryAgainException => (ExitCode.TryAgain, cause.Message),
            InsufficientMemoryException => (ExitCode.Failed, $"{command}: out of memory: {cause.Message}"),
            OutOfMemoryException => (
                ExitCode.Failed,
                $"{command}: out of memory while working on {string.Join(", ", files ?? [])}; close other programs, or give less at once"),
            ArgumentException { ParamName: { } parameter } and not ArgumentNullException =>
                (ExitCode.Failed, cause.Message.Replace($" (Parameter '{parameter}')", "")),
            IOException or InvalidDataException or NotFiniteNumberException or UnauthorizedAccessException or NotSupportedException
                or ArgumentException and not ArgumentNullException => (ExitCode.Failed, cause.Message),
            _ => (
                ExitCode.InternalError,
                $"internal error in {command} ({cause.GetType().Name}: {cause.Message}); please report it with the output of --verbose"),
        };
        output.WriteLine($"Error: {line.ReplaceLineEndings(" ")}");
        if (isVerbose)
        {
            output.WriteLine(error);
        }

        return exitCode;
    }

    /// <summary>What lies behind exceptions that only carry another one.</summary>
    private static Exception Cause(Exception error)
    {
        while (error is AggregateException or TypeInitializationException or TargetInvocationException && error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
