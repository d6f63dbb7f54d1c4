namespace Dnnlib.Pickle;

/// <summary>A class or function that a pickle names. Nothing is looked up or run: it is only the name.</summary>
/// <param name="Module">The Python module, such as <c>dnnlib.tflib.network</c>.</param>
/// <param name="Name">The name in it, such as <c>Network</c>.</param>
public sealed record PickleGlobal(string Module, string Name)
{
    private const int LongestShown = 100;

    /// <summary>The dotted name on one line, cut where it is long.</summary>
    public override string ToString()
    {
        string name = string.Concat($"{Module}.{Name}".Take(LongestShown).Select(c => char.IsControl(c) ? '?' : c));
        return name.Length < LongestShown ? name : name + "...";
    }
}
