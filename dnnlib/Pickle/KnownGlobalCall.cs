namespace Dnnlib.Pickle;

/// <summary>A call of a known class or function in a pickle.</summary>
/// <param name="Machine">The machine, for errors and memory.</param>
/// <param name="Global">What is called.</param>
/// <param name="Arguments">With what.</param>
internal sealed record KnownGlobalCall(PickleMachine Machine, PickleGlobal Global, object?[] Arguments)
{
    internal int Count => Arguments.Length;

    /// <summary>An argument of the given type.</summary>
    internal T Argument<T>(int index) =>
        index < Count && Arguments[index] is T value
            ? value
            : throw Machine.Error($"argument {index + 1} of {Global} is missing or of another kind");
}
