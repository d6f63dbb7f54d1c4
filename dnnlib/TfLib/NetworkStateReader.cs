using Dnnlib.Pickle;
using NumSharp;

namespace Dnnlib.TfLib;

/// <summary>Makes network states of what a pickle holds.</summary>
internal sealed class NetworkStateReader
{
    private const int LongestName = 200;
    private const int DeepestComponents = 8;
    private const int MostComponents = 16;

    private readonly HashSet<PickleObject> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly PlainValues _plain = new();

    /// <summary>The state of a network object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="what">Which network it should be, for errors.</param>
    /// <exception cref="FormatException">It is no network; the message says what it is.</exception>
    internal static NetworkState Read(object? value, string what) => new NetworkStateReader().Read(value, what, depth: 0);

    private NetworkState Read(object? value, string what, int depth)
    {
        if (value is not PickleObject { State: PickleDict state } network || !state.TryGetValue("build_func_name", out _))
        {
            throw PlainValues.Unexpected(value, what);
        }

        if (depth > DeepestComponents)
        {
            throw new FormatException($"components lie within components more than {DeepestComponents} deep");
        }

        // Components lie within one network each, which also keeps a file that nests a network in itself from being followed for ever.
        if (!_seen.Add(network))
        {
            throw new FormatException($"{what} is in the file twice, or within itself");
        }

        if (_seen.Count > MostComponents)
        {
            throw new FormatException($"it has more than {MostComponents} components");
        }

        string name = Name(Value(state, "name", what), $"the name of {what}");
        object? version = Value(state, "version", what);
        if (version is not (2L or 3L or 4L or 5L))
        {
            throw new FormatException($"network {name} has layout version {(version is long ? version : "unknown")}; 2 to 5 are known");
        }

        EasyDict kwargs = _plain.Dictionary(Value(state, "static_kwargs", what), $"static_kwargs of {name}");
        string source = state.TryGetValue("build_module_src", out object? text) && text is not null
            ? PlainValues.Text(text, $"build_module_src of {name}")
            : "";
        string function = Name(Value(state, "build_func_name", what), $"build_func_name of {name}");
        if (!function.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new FormatException($"build_func_name of {name} is {function}, which is not the name of a function");
        }

        return new NetworkState((int)(long)version, name, kwargs, Components(state, name, depth), source, function, Variables(state, name));
    }

    private OrderedDictionary<string, NetworkState> Components(PickleDict state, string name, int depth)
    {
        OrderedDictionary<string, NetworkState> components = [];
        if (!state.TryGetValue("components", out object? value))
        {
            return components;
        }

        foreach ((object key, object? component) in value as PickleDict ?? throw PlainValues.Unexpected(value, $"the components of {name}"))
        {
            string componentName = Name(key, $"a component's name in {name}"), what = $"component {componentName} of {name}";
            components.Add(componentName, Read(component, what, depth + 1));
        }

        return components;
    }

    private static List<(string Name, NDArray Value)> Variables(PickleDict state, string name)
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

            string variable = Name(pair[0], $"the name of a variable of {name}");
            PickleArray array = pair[1] as PickleArray ?? throw PlainValues.Unexpected(pair[1], $"the value of {variable} of {name}");
            variables.Add(names.Add(variable) ? (variable,
                array.ToNDArray()) : throw new FormatException($"network {name} has variable {variable} twice"));
        }

        return variables;
    }

    /// <summary>A name, which errors will show.</summary>
    private static string Name(object? value, string what)
    {
        string name = PlainValues.Text(value, what);
        return name.Length <= LongestName && !name.Any(char.IsControl)
            ? name
            : throw new FormatException($"{what} is not a name: it must be text without line breaks, at most {LongestName} letters");
    }

    private static object? Value(PickleDict state, string key, string what) =>
        state.TryGetValue(key, out object? value) ? value : throw new FormatException($"{what} has no {key}");
}
