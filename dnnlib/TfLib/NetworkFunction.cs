using System.Reflection;
using TensorGraph;

namespace Dnnlib.TfLib;

/// <summary>Builds a network's graph, as Python's build functions do.</summary>
/// <param name="network">The network's inputs, settings and components.</param>
/// <returns>The network's outputs.</returns>
public delegate Tensor[] NetworkFunction(NetworkBuild network);

/// <summary>Finds build functions by name.</summary>
internal static class NetworkFunctions
{
    /// <summary>The modules of the reference in which a pickle's build function may be, newest first.</summary>
    private static readonly string[] s_modules = ["training.networks_stylegan2", "training.networks_stylegan"];

    /// <summary>The build function of a full Python name, or of a bare name as pickles have it.</summary>
    /// <exception cref="NotSupportedException">There is no such build function here.</exception>
    internal static NetworkFunction Find(string name, string network)
    {
        string[] candidates = name.Contains('.', StringComparison.Ordinal) ? [name] : [.. s_modules.Select(m => $"{m}.{name}")];
        MethodInfo method = candidates.Select(Util.FindObjByName).OfType<MethodInfo>().FirstOrDefault()
            ?? throw new NotSupportedException($"network {network}: its build function {name} is not one that this program has");
        return method.CreateDelegate<NetworkFunction>();
    }
}
