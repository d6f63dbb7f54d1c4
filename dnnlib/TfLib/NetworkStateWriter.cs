using Dnnlib.Pickle;

namespace Dnnlib.TfLib;

/// <summary>Writes network states as the reference pickles its <c>dnnlib.tflib.network.Network</c> objects.</summary>
internal sealed class NetworkStateWriter(Stream stream)
{
    private static readonly PickleGlobal s_class = new("dnnlib.tflib.network", "Network");

    private readonly PickleWriter _pickle = new(stream);

    /// <summary>Writes a pickle of one network, or of a tuple of several.</summary>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    internal void Write(IReadOnlyList<NetworkState?> networks)
    {
        _pickle.Begin();
        if (networks is [{ } single])
        {
            Write(single);
        }
        else
        {
            _pickle.Mark();
            foreach (NetworkState? network in networks)
            {
                Write(network);
            }

            _pickle.EndTuple();
        }

        _pickle.End();
    }

    private void Write(NetworkState? network, string? parent = null)
    {
        if (network is null)
        {
            _pickle.Write(null);
            return;
        }

        string fullName = NetworkFunctions.FullName(network, parent);
        int dot = fullName.LastIndexOf('.');
        _pickle.BeginObject(s_class);
        _pickle.BeginDict();
        Entry("version", network.Version);
        Entry("name", network.Name);
        WriteSettings(network);
        WriteComponents(network.Components, fullName);
        Entry("build_module_src", network.BuildModuleSrc.Length > 0 ? network.BuildModuleSrc : Import(fullName, dot));
        Entry("build_func_name", fullName[(dot + 1)..]);
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

    /// <summary>
    /// What stands for the program text of networks that came with none: Python runs it to find the build function in its module.
    /// </summary>
    private static string Import(string name, int dot) => dot < 0 ? "" : $"from {name[..dot]} import *\n";
}
