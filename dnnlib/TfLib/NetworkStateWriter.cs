using Dnnlib.Pickle;

namespace Dnnlib.TfLib;

/// <summary>Writes network states as the reference pickles its <c>dnnlib.tflib.network.Network</c> objects.</summary>
internal sealed class NetworkStateWriter
{
    private static readonly PickleGlobal s_class = new("dnnlib.tflib.network", "Network");

    private readonly PickleWriter _pickle;

    private NetworkStateWriter(Stream stream) => _pickle = new PickleWriter(stream);

    /// <summary>Writes a pickle of one network.</summary>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    internal static void Write(Stream stream, NetworkState network)
    {
        NetworkStateWriter writer = new(stream);
        writer._pickle.Begin();
        writer.Write(network);
        writer._pickle.End();
    }

    /// <summary>Writes a pickle of a tuple of networks.</summary>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    internal static void Write(Stream stream, IReadOnlyList<NetworkState?> networks)
    {
        NetworkStateWriter writer = new(stream);
        writer._pickle.Begin();
        writer._pickle.Mark();
        foreach (NetworkState? network in networks)
        {
            writer.Write(network);
        }

        writer._pickle.EndTuple();
        writer._pickle.End();
    }

    private void Write(NetworkState? network, string? parent = null)
    {
        if (network is null)
        {
            _pickle.Write(null);
            return;
        }

        string fullName = NetworkFunctions.FullName(network, parent);
        (string? module, string function) = Split(fullName);
        _pickle.BeginObject(s_class);
        _pickle.BeginDict();
        Entry("version", network.Version);
        Entry("name", network.Name);
        WriteSettings(network);
        WriteComponents(network.Components, fullName);
        Entry("build_module_src", network.BuildModuleSrc.Length > 0 ? network.BuildModuleSrc : Import(module));
        Entry("build_func_name", function);
        WriteVariables(network);
        _pickle.EndDict();
        _pickle.EndObject();
    }

    private void WriteSettings(NetworkState network)
    {
        _pickle.Write("static_kwargs");
        _pickle.BeginDict();
        foreach ((string name, object? value) in network.StaticKwargs)
        {
            try
            {
                Entry(name, value);
            }
            catch (NotSupportedException e)
            {
                throw new NotSupportedException($"network {network.Name}: its setting {name} cannot be saved: {e.Message}", e);
            }
        }

        _pickle.EndDict();
    }

    private void WriteComponents(IReadOnlyDictionary<string, NetworkState> components, string parent)
    {
        _pickle.Write("components");
        _pickle.BeginDict();
        foreach ((string name, NetworkState component) in components)
        {
            _pickle.Write(name);
            Write(component, parent);
        }

        _pickle.EndDict();
    }

    private void WriteVariables(NetworkState network)
    {
        _pickle.Write("variables");
        _pickle.BeginList();
        foreach ((string name, NumSharp.NDArray value) in network.Variables)
        {
            _pickle.Write(new object?[] { name, value });
        }

        _pickle.EndList();
    }

    private void Entry(string name, object? value)
    {
        _pickle.Write(name);
        _pickle.Write(value);
    }

    /// <summary>The module, where it is given, and the bare name of a build function.</summary>
    private static (string? Module, string Function) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? (null, name) : (name[..dot], name[(dot + 1)..]);
    }

    /// <summary>
    /// What stands for the program text of networks that came with none: Python runs it to find the build function in its module.
    /// </summary>
    private static string Import(string? module) => module is null ? "" : $"from {module} import *\n";
}
