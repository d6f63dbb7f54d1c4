using NumSharp;

namespace Dnnlib.Pickle;

/// <summary>Makes network states of what a pickle holds.</summary>
internal sealed class NetworkStateReader
{
    private readonly Dictionary<PickleObject, NetworkState> _states = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PickleObject> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly PlainValues _plain = new();

    /// <summary>The state of a network object; one object twice is one state.</summary>
    /// <param name="value">The object.</param>
    /// <param name="what">Which network it should be, for errors.</param>
    /// <exception cref="FormatException">It is no network; the message says what it is.</exception>
    internal NetworkState Read(object? value, string what)
    {
        if (value is PickleObject known && _states.TryGetValue(known, out NetworkState? state))
        {
            return state;
        }

        PickleObject network = value as PickleObject ?? throw PlainValues.Unexpected(value, what);
        NetworkState made = ReadNew(network, what);
        _states.Add(network, made);
        return made;
    }

    private NetworkState ReadNew(PickleObject network, string what)
    {
        if (network.State is not PickleDict state || !state.TryGetValue("build_func_name", out _))
        {
            throw PlainValues.Unexpected(network, what);
        }

        // Components lie within one network each, which also keeps a file that nests a network in itself from being followed for ever.
        if (!_seen.Add(network))
        {
            throw new FormatException($"{what} is in the file twice, or within itself");
        }

        string name = Text(state, "name", what);
        long version = state.TryGetValue("version", out object? number) && number is long v ? v : 0;
        if (version is < 2 or > 4)
        {
            throw new FormatException($"network {name} has layout version {number ?? "None"}; 2 to 4 are known");
        }

        EasyDict kwargs = _plain.Dictionary(Value(state, "static_kwargs", what), $"static_kwargs of {name}");
        string source = state.TryGetValue("build_module_src", out object? text) && text is not null ? _plain.Text(text, $"build_module_src of {name}") : "";
        return new NetworkState((int)version, name, kwargs, Components(state, name), source, Text(state, "build_func_name", what), Variables(state, name));
    }

    private OrderedDictionary<string, NetworkState> Components(PickleDict state, string name)
    {
        OrderedDictionary<string, NetworkState> components = [];
        if (!state.TryGetValue("components", out object? value))
        {
            return components;
        }

        foreach ((object key, object? component) in value as PickleDict ?? throw PlainValues.Unexpected(value, $"the components of {name}"))
        {
            string what = $"component {_plain.Text(key, $"a component's name in {name}")} of {name}";
            NetworkState made = component is PickleObject network ? ReadNew(network, what) : throw PlainValues.Unexpected(component, what);
            components.Add((string)key, made);
        }

        return components;
    }

    private List<(string Name, NDArray Value)> Variables(PickleDict state, string name)
    {
        object? value = Value(state, "variables", name);
        HashSet<string> names = [];
        List<(string Name, NDArray Value)> variables = [];
        foreach (object? entry in value as IReadOnlyList<object?> ?? throw PlainValues.Unexpected(value, $"the variables of {name}"))
        {
            if (entry is not IReadOnlyList<object?> { Count: 2 } pair)
            {
                throw PlainValues.Unexpected(entry, $"a variable of {name} with its value");
            }

            string variable = _plain.Text(pair[0], $"the name of a variable of {name}");
            PickleArray array = pair[1] as PickleArray ?? throw PlainValues.Unexpected(pair[1], $"the value of {variable} of {name}");
            variables.Add(names.Add(variable) ? (variable, array.ToNDArray()) : throw new FormatException($"network {name} has variable {variable} twice"));
        }

        return variables;
    }

    private string Text(PickleDict state, string key, string what) => _plain.Text(Value(state, key, what), $"{key} of {what}");

    private static object? Value(PickleDict state, string key, string what) =>
        state.TryGetValue(key, out object? value) ? value : throw new FormatException($"{what} has no {key}");
}
