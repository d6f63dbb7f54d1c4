namespace Dnnlib.Pickle;

/// <summary>A reference to something kept outside the pickle, such as a PyTorch storage.</summary>
/// <param name="Id">What names it.</param>
public sealed record PicklePersistentId(object? Id);
