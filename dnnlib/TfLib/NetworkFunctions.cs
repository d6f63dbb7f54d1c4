using System.Reflection;
using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>
/// Finds build functions by name. Pickles have only the last part of the name; the module is the one that has what else the network needs.
/// </summary>
internal static class NetworkFunctions
{
    /// <summary>The full Python name of a network's build function.</summary>
    /// <param name="state">The network.</param>
    /// <param name="parent">
    /// The full name of the build function of the network that this one is a component of; null where it is none.
    /// </param>
    internal static string FullName(NetworkState state, string? parent = null) =>
        FullName(state.BuildFuncName, state.Components.Values.Select(c => c.BuildFuncName), parent);

    /// <summary>The full Python name of a build function.</summary>
    /// <param name="name">Its name, full or not.</param>
    /// <returns>The name as it was given where no module has such a function.</returns>
    internal static string FullName(string name) => FullName(name, [], null);

    /// <summary>The build function of a full Python name.</summary>
    /// <param name="name">The full Python name.</param>
    /// <param name="network">What the network is called, for errors.</param>
    /// <exception cref="NotSupportedException">There is no such build function here.</exception>
    internal static NetworkFunction Find(string name, string network)
    {
        return Util.FindObjByName(name) is MethodInfo method && IsBuildFunction(method)
            ? method.CreateDelegate<NetworkFunction>()
            : throw new NotSupportedException($"{network}: its build function {name} is unknown to this program");
    }

    private static bool IsBuildFunction(MethodInfo method) =>
        method.ReturnType == typeof(Tensor[]) && method.GetParameters() is [{ } parameter]
            && parameter.ParameterType == typeof(NetworkBuild);

    private static string FullName(string name, IEnumerable<string> components, string? parent)
    {
        if (name.Contains('.', StringComparison.Ordinal))
        {
            return name;
        }

        PythonNameAttribute? best = Util.FunctionsNamed(name).Select(f => f.GetCustomAttribute<PythonNameAttribute>()!)
            .MaxBy(f => (parent?.StartsWith($"{f.Module}.", StringComparison.Ordinal) == true,
                components.All(c => Util.FindObjByName($"{f.Module}.{c}") is MethodInfo), f.IsDefault));
        return best?.Name ?? name;
    }
}
