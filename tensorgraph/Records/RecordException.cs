namespace TensorGraph.Records;

/// <summary>A record file is damaged: what is wrong, in which file and where.</summary>
public sealed class RecordException : IOException
{
    /// <summary>Damage at a place.</summary>
    /// <param name="location">The file and the byte at which reading failed.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="inner">What reading threw, if it did.</param>
    public RecordException(RecordLocation location, string problem, Exception? inner = null)
        : base($"{location}: {problem}", inner) => Location = location;

    /// <summary>The file and the byte at which reading failed.</summary>
    public RecordLocation Location { get; }
}
