namespace Dnnlib.Pickle;

/// <summary>One operation of the pickle machine.</summary>
/// <param name="Code">The byte that stands for it.</param>
/// <param name="Name">Python's name of it (<c>pickletools</c>).</param>
/// <param name="Run">What it does.</param>
internal sealed record PickleOperation(byte Code, string Name, Action<PickleMachine> Run);
