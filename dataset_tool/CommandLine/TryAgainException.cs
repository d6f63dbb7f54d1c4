namespace DatasetTool.CommandLine;

/// <summary>Not everything is done, for a reason that passes by itself: the same command, run again later, can do more.</summary>
/// <param name="message">One line that says what is not done, and why.</param>
public sealed class TryAgainException(string message) : IOException(message);
