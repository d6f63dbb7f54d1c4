namespace DatasetTool.CommandLine;

/// <summary>Work was stopped on request, and something of it is kept.</summary>
/// <param name="message">One line that says what is kept, and how to go on.</param>
/// <param name="cancellationToken">What asked it to stop.</param>
public sealed class StoppedException(string message, CancellationToken cancellationToken)
    : OperationCanceledException(message, cancellationToken);
