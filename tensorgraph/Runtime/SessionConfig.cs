namespace TensorGraph.Runtime;

/// <summary>How a session runs graphs (<c>tf.ConfigProto</c>).</summary>
public record SessionConfig
{
    /// <summary>What runs operations that are not placed on the CPU: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads that one operation may use; 0 means one for each core.</summary>
    public int IntraOpParallelismThreads { get; init; }

    /// <summary>
    /// Whose kernels compute what both have, on the CPU: <c>csharp</c> takes those of this library where they are faster,
    /// <c>onnxruntime</c> none of them.
    /// </summary>
    public string Kernels { get; init; } = "csharp";

    /// <summary>
    /// Where each model's time goes is written to a JSON file (Chrome's trace format) whose name begins so; null writes none.
    /// </summary>
    public string? ProfilePrefix { get; init; }
}
