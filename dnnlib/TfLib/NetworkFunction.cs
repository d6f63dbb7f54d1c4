using System.Reflection;
using TensorGraph.Graphs;

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

    /// <summary>The full Python name of a build function, of whose name pickles have only the last part.</summary>
    /// <param name="name">Its name, full or not.</param>
    /// <param name="neighbour">Full name of a function in whose module it is looked for first.</param>
    /// <returns>The name as it was given, where no module has such a function.</returns>
    internal static string FullName(string name, string? neighbour = null)
    {
        if (name.Contains('.', StringComparison.Ordinal))
        {
            return name;
        }

        IEnumerable<string> modules = neighbour is null ? s_modules : [.. s_modules.OrderBy(m => !neighbour.StartsWith(m + ".", StringComparison.Ordinal))];
        return modules.Select(m => $"{m}.{name}").FirstOrDefault(n => Util.FindObjByName(n) is MethodInfo) ?? name;
    }

    /// <summary>The build function of a full Python name.</summary>
    /// <exception cref="NotSupportedException">There is no such build function here.</exception>
    internal static NetworkFunction Find(string name, string network)
    {
        MethodInfo method = Util.FindObjByName(name) as MethodInfo
            ?? throw new NotSupportedException($"network {network}: its build function {name} is not one that this program has");
        return method.CreateDelegate<NetworkFunction>();
    }
}
