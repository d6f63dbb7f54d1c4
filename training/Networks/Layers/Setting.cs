using Dnnlib;
using Dnnlib.Pickle;

namespace Training.Networks.Layers;

/// <summary>A setting of networks: its name, its type and what it may be.</summary>
/// <typeparam name="T">The type in which build functions use it.</typeparam>
/// <param name="Name">The name.</param>
/// <param name="MayBe">What it may be, for errors.</param>
/// <param name="Parse">Reads a value as pickles and callers give it; false where the setting may not have it.</param>
internal sealed record Setting<T>(string Name, string MayBe, Setting<T>.Parser Parse)
{
    private const int LongestShown = 60;

    internal delegate bool Parser(object? value, out T parsed);

    /// <summary>The setting's value; the given one where it is left out.</summary>
    /// <exception cref="FormatException">The setting has a value that it may not have; the message says what it may be.</exception>
    internal T Of(EasyDict kwargs, T missing)
    {
        if (!kwargs.TryGetValue(Name, out object? value))
        {
            return missing;
        }

        return Parse(value, out T parsed) ? parsed : throw new FormatException($"{Name} is {Shown(value)}; it must be {MayBe}");
    }

    /// <summary>The same setting, which may also be None.</summary>
    /// <param name="some">Makes a value of the type that has None.</param>
    internal Setting<TNone> OrNone<TNone>(Func<T, TNone> some) => new(Name, $"{MayBe} or None", (object? value, out TNone parsed) =>
    {
        bool isSome = Parse(value, out T inner);
        parsed = isSome ? some(inner) : default!;
        return isSome || value is null;
    });

    private static string Shown(object? value) =>
        PlainValues.OnOneLine(value is string quoted ? $"'{quoted}'" : EasyDict.Text(value), LongestShown);
}
