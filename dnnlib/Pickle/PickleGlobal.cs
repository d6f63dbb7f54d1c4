namespace Dnnlib.Pickle;

/// <summary>A class or function that a pickle names. Nothing is looked up or run: it is only the name.</summary>
/// <param name="Module">The Python module, such as <c>dnnlib.tflib.network</c>.</param>
/// <param name="Name">The name in it, such as <c>Network</c>.</param>
public sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>The dotted name on one line, cut where it is long.</summary>
    public override string ToString() => PlainValues.OnOneLine($"{Module}.{Name}");
}
