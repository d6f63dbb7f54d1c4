using System.Collections;
using System.Globalization;
using System.Numerics;
using TensorGraph.Graphs;

namespace Training.Networks.Layers;

/// <summary>The kinds of settings.</summary>
internal static class SettingKind
{
    /// <summary>A whole number within limits.</summary>
    internal static Setting<int> Whole(string name, int least, int most) =>
        new(name, $"a whole number from {least} to {most}", (object? value, out int parsed) => TryWhole(value, least, most, out parsed));

    /// <summary>The side of square images: a power of two within limits.</summary>
    internal static Setting<int> PowerOfTwo(string name, int least, int most) =>
        new(name, $"a power of two from {least} to {most}", (object? value, out int parsed) =>
            TryWhole(value, least, most, out parsed) && BitOperations.IsPow2(parsed));

    /// <summary>A number's setting, which may also be None.</summary>
    internal static Setting<T?> OrNone<T>(this Setting<T> setting)
        where T : struct => setting.OrNone<T?>(v => v);

    /// <summary>Two whole numbers within limits, or None.</summary>
    internal static Setting<(int First, int Second)?> Pair(string name, int least, int most) =>
        new(name, $"two whole numbers from {least} to {most}", (object? value, out (int First, int Second)? parsed) =>
        {
            int first = 0, second = 0;
            bool isPair = value is IList { Count: 2 } list
                && TryWhole(list[0], least, most, out first) && TryWhole(list[1], least, most, out second);
            parsed = isPair ? (first, second) : null;
            return isPair || value is null;
        });

    /// <summary>A number within limits.</summary>
    internal static Setting<double> Real(string name, double least, double most) => new(
        name,
        $"a number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}",
        (object? value, out double parsed) => TryNumber(value, out parsed) && parsed >= least && parsed <= most);

    /// <summary>True or False.</summary>
    internal static Setting<bool> Flag(string name) => new(name, "True or False", (object? value, out bool parsed) =>
    {
        parsed = value is true or 1L or 1;
        return value is bool or 0L or 1L or 0 or 1;
    });

    /// <summary>What another program has and this one has not: it may only be left out or off.</summary>
    internal static Setting<bool> Off(string name) =>
        new(name, "left out, as this program has nothing like it", (object? value, out bool parsed) =>
        {
            parsed = false;
            return value is null or false or 0L or 0 or 0.0;
        });

    /// <summary>One of some words.</summary>
    internal static Setting<string> Word(string name, params IEnumerable<string> words) =>
        new(name, $"one of {string.Join(", ", words)}", (object? value, out string parsed) =>
        {
            parsed = value as string ?? "";
            return words.Contains(parsed);
        });

    /// <summary>The name of a build function.</summary>
    internal static Setting<string> Function(string name) => new(name, "the name of a function", (object? value, out string parsed) =>
    {
        parsed = (value as string ?? "").Split('.')[^1];
        return parsed.Length > 0 && parsed.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
    });

    /// <summary>The taps of a one-dimensional filter.</summary>
    internal static Setting<float[]> Taps(string name, int most) =>
        new(name, $"a list of 1 to {most} numbers whose sum is not 0", (object? value, out float[] parsed) =>
        {
            IEnumerable<object?> items = value is IList list and not Array { Rank: > 1 } && list.Count <= most ? list.Cast<object?>() : [];
            parsed = [.. items.Select(i => TryNumber(i, out double tap) ? (float)tap : float.NaN)];
            return float.IsFinite(parsed.Sum()) && parsed.Sum() != 0;
        });

    /// <summary>A number, or a tensor that gives one in each run.</summary>
    internal static Setting<object> NumberOrTensor(string name) => new(name, "a number", (object? value, out object parsed) =>
    {
        bool isNumber = TryNumber(value, out double number);
        parsed = value is Tensor ? value : number;
        return isNumber || value is Tensor;
    });

    private static bool TryWhole(object? value, int least, int most, out int whole)
    {
        bool isWhole = TryNumber(value, out double number) && number == Math.Floor(number) && number >= least && number <= most;
        whole = isWhole ? (int)number : 0;
        return isWhole;
    }

    /// <summary>A finite number of any of Python's types.</summary>
    private static bool TryNumber(object? value, out double number)
    {
        number = value switch
        {
            int or long or float or double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            BigInteger big => (double)big,
            _ => double.NaN,
        };
        return double.IsFinite(number);
    }
}
