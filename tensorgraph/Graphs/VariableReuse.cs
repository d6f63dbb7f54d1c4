namespace TensorGraph.Graphs;

/// <summary>What <c>tf.get_variable</c> does about a variable that exists.</summary>
public enum VariableReuse
{
    /// <summary>As the scope around does.</summary>
    Inherit,

    /// <summary>Making one that exists is an error.</summary>
    None,

    /// <summary>Only variables that exist may be asked for (<c>reuse=True</c>).</summary>
    Reuse,

    /// <summary>Found again if it exists, made otherwise (<c>tf.AUTO_REUSE</c>).</summary>
    Auto,
}
