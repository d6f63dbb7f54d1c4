namespace TensorGraph.Runtime;

/// <summary>How a session runs graphs (<c>tf.ConfigProto</c>).</summary>
public sealed record SessionConfig
{
    /// <summary>What runs operations that are not placed on the CPU: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads that one operation may use; 0 means one for each core.</summary>
    public int IntraOpParallelismThreads { get; init; }

    /// <summary>
    /// Where each model's time goes is written to a JSON file (Chrome's trace format) whose name begins so; null writes none.
    /// </summary>
    public string? ProfilePrefix { get; init; }
}
