using NumSharp;

namespace Dnnlib.TfLib;

/// <summary>The state of a <c>dnnlib.tflib.network.Network</c> as its pickle holds it.</summary>
/// <param name="Version">The layout's version, 2 to 5.</param>
/// <param name="Name">The network's name, such as <c>Gs</c>.</param>
/// <param name="StaticKwargs">The settings that it was built with.</param>
/// <param name="Components">Networks that it is made of, by name.</param>
/// <param name="BuildModuleSrc">Program text of the module of its build function; carried along, never run.</param>
/// <param name="BuildFuncName">The name of its build function.</param>
/// <param name="Variables">Its own variables, in order.</param>
public sealed record NetworkState(
    int Version,
    string Name,
    EasyDict StaticKwargs,
    IReadOnlyDictionary<string, NetworkState> Components,
    string BuildModuleSrc,
    string BuildFuncName,
    IReadOnlyList<(string Name, NDArray Value)> Variables)
{
    /// <summary>The file that it came from, for errors; null where it came from none.</summary>
    public string? File { get; init; }
}
