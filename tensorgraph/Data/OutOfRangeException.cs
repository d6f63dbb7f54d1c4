namespace TensorGraph.Data;

/// <summary>An iterator has no more elements (<c>tf.errors.OutOfRangeError</c>).</summary>
/// <param name="iterator">The iterator's name.</param>
public sealed class OutOfRangeException(string iterator) : Exception($"{iterator} has no more elements; run an initializer to start over");
