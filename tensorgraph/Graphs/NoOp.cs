namespace TensorGraph.Graphs;

/// <summary>Does nothing itself; its control inputs run (<c>tf.group</c>).</summary>
internal sealed class NoOp() : HostOperation("NoOp");
