namespace DatasetTool.CommandLine;

/// <summary>A command line worth showing.</summary>
/// <param name="What">What it does.</param>
/// <param name="Line">What is typed.</param>
internal sealed record Example(string What, string Line);
