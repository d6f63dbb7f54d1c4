namespace DatasetTool.Sources.Hdf5;

/// <summary>What a name in a group stands for: one of the three is given.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">Address of an object's header.</param>
/// <param name="Path">Another place in the file, where the object is found.</param>
/// <param name="OtherFile">Another file, where the object is found.</param>
internal sealed record Link(string Name, ulong? Address, string? Path = null, string? OtherFile = null);
