namespace TensorGraph.Graphs;

/// <summary>Names of the operations that are not ONNX's and that a session carries out itself.</summary>
public static class HostOperations
{
    /// <summary>A value that must be fed.</summary>
    public const string Placeholder = "Placeholder";

    /// <summary>Reads a variable; its attribute <c>variable</c> names it.</summary>
    public const string ReadVariable = "ReadVariable";

    /// <summary>Writes a variable at the end of a run; its output is the written value.</summary>
    public const string Assign = "Assign";

    /// <summary>Does nothing itself; runs its control inputs (<c>tf.group</c>).</summary>
    public const string NoOp = "NoOp";

    /// <summary>One output of <c>tf.cond</c>: inputs are the predicate and the value of either branch.</summary>
    public const string Cond = "Cond";

    internal const string VariableAttribute = "variable";
}
