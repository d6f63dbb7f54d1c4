using System.Collections;
using System.Globalization;
using Dnnlib;

namespace Training.Networks;

/// <summary>Reads settings that are more than a number, as networks' parameters have them.</summary>
internal static class NetworkSettings
{
    /// <summary>Base-2 logarithm of the images' side.</summary>
    /// <exception cref="InvalidDataException">The side is not a power of two from 4 on.</exception>
    internal static int ResolutionLog2(this EasyDict kwargs, int missing)
    {
        int resolution = kwargs.Get("resolution", missing);
        int log2 = int.Log2(resolution);
        return resolution >= 4 && resolution == 1 << log2
            ? log2
            : throw new InvalidDataException($"resolution is {resolution}; it must be a power of two from 4 on");
    }

    /// <summary>Whether the graph is to be looked at, as the one from which a network knows its shapes and variables is, rather than run.</summary>
    internal static bool CleanGraph(this EasyDict kwargs) => kwargs.Get("is_template_graph", false) || kwargs.Get("force_clean_graph", false);

    /// <summary>A setting that is one of some words.</summary>
    /// <exception cref="InvalidDataException">It is another.</exception>
    internal static string OneOf(this EasyDict kwargs, string name, string missing, params string[] words)
    {
        string word = kwargs.Get(name, missing);
        return words.Contains(word) ? word : throw new InvalidDataException($"{name} is {word}; it must be one of {string.Join(", ", words)}");
    }

    /// <summary>A one-dimensional filter; null where the setting is None.</summary>
    internal static float[]? Taps(this EasyDict kwargs, string name, params float[] missing) => kwargs.TryGetValue(name, out object? value)
        ? (value as IEnumerable)?.Cast<object>().Select(t => Convert.ToSingle(t, CultureInfo.InvariantCulture)).ToArray()
        : missing;
}
