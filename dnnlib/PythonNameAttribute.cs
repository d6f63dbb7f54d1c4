namespace Dnnlib;

/// <summary>The dotted name by which Python programs and pickles know a method or class.</summary>
/// <param name="name">Such as <c>training.networks_stylegan2.G_main</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class PythonNameAttribute(string name) : Attribute
{
    /// <summary>The dotted name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the last part alone, which is all that pickles have, means this one where several modules have one of that name.
    /// </summary>
    public bool IsDefault { get; init; }

    /// <summary>The Python module: the name without its last part.</summary>
    public string Module => Name[..Name.LastIndexOf('.')];
}
