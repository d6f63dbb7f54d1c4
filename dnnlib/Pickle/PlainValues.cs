using System.Numerics;
using NumSharp;

namespace Dnnlib.Pickle;

/// <summary>
/// Turns what a pickle holds into settings: numbers, texts, lists and <see cref="EasyDict"/>; anything else is an error that says what it
/// is.
/// </summary>
internal sealed class PlainValues
{
    private const int Depth = 32;
    private const long MostValues = 1_000_000;
    private const int MostNamed = 4;

    // What was made of an object, and how many values and letters it is when it is written out.
    private readonly Dictionary<object, (object Value, long Size)> _made = new(ReferenceEqualityComparer.Instance);
    private long _size;

    /// <summary>The settings in a dictionary with texts as keys.</summary>
    /// <param name="value">The dictionary.</param>
    /// <param name="what">What it should be, for errors.</param>
    /// <exception cref="FormatException">It is something else, or holds something else.</exception>
    internal EasyDict Dictionary(object? value, string what) =>
        value is PickleDict dict ? (EasyDict)Convert(dict, what, 0)! : throw Unexpected(value, what);

    /// <summary>A text.</summary>
    /// <param name="value">The text.</param>
    /// <param name="what">What it should be, for errors.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    internal static string Text(object? value, string what) =>
        value as string ?? (value as PickleText)?.ToString() ?? throw Unexpected(value, what);

    /// <summary>
    /// The error for a value that is not what is expected; where it asks for a call, that is said, and that nothing was run.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it should be.</param>
    internal static FormatException Unexpected(object? value, string what) => new(value switch
    {
        PickleObject inert => $"{what} is expected where it asks for {inert}; nothing was run",
        PickleGlobal global => $"{what} is expected where it names {global}; nothing was run",
        _ => $"{what} is expected where it has {Kind(value)}",
    });

    /// <summary>A text of a file on one line, cut where it is long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How many letters are shown.</param>
    internal static string OnOneLine(string text, int longest = 100)
    {
        string line = string.Concat(text.Take(longest).Select(c => char.IsControl(c) ? '?' : c));
        return text.Length <= longest ? line : line + "...";
    }

    /// <summary>The first of some names, and how many more there are.</summary>
    internal static string Listed(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {names.Count - most} more" : "");

    /// <summary>What a pickle holds, in words on one line: its kind, and the names in it where it is a dictionary.</summary>
    internal static string Describe(object? value)
    {
        if (value is not PickleDict { Count: > 0 } dict)
        {
            return value is PickleObject or PickleGlobal ? value.ToString()! : Kind(value);
        }

        return $"a dictionary with {Listed([.. dict.Select(e => OnOneLine(e.Key as string ?? Kind(e.Key)))], MostNamed)}";
    }

    private object? Convert(object? value, string what, int depth)
    {
        if (value is null or bool or long or double or BigInteger or ReadOnlyMemory<byte>)
        {
            Count(1, what);
            return value;
        }

        if (value is string or PickleText)
        {
            string text = Text(value, what);
            Count(text.Length, what);
            return text;
        }

        // Shared objects are converted once and counted each time, so that few bytes cannot stand for very many.
        if (_made.TryGetValue(value, out (object Value, long Size) made))
        {
            Count(made.Size, what);
            return made.Value;
        }

        long before = _size;
        Count(1, what);
        object converted = depth < Depth
            ? ConvertNew(value, what, depth + 1)
            : throw new FormatException($"{what} is nested more than {Depth} deep");
        _made.Add(value, (converted, _size - before));
        return converted;
    }

    private void Count(long values, string what)
    {
        _size += values;
        if (_size > MostValues)
        {
            throw new FormatException($"{what} holds more than {MostValues} values");
        }
    }

    private object ConvertNew(object value, string what, int depth) => value switch
    {
        List<object?> list => list.ConvertAll(v => Convert(v, what, depth)),
        object?[] tuple => Array.ConvertAll(tuple, v => Convert(v, what, depth)),
        PickleDict dict => new EasyDict(dict.Select(e => KeyValuePair.Create(Text(e.Key, $"a name in {what}"),
            Convert(e.Value, what, depth)))),
        PickleArray { Shape.Count: 0 } scalar => Scalar(scalar.ToNDArray()),
        PickleArray array => array.ToNDArray(),
        _ => throw Unexpected(value, what),
    };

    private static object Scalar(NDArray value) => value.typecode switch
    {
        NPTypeCode.Boolean => value.GetBoolean(),
        NPTypeCode.Single or NPTypeCode.Double or NPTypeCode.Half => value.astype(typeof(double)).GetDouble(),
        _ => value.astype(typeof(long)).GetInt64(),
    };

    private static string Kind(object? value) => value switch
    {
        null => "None",
        bool or long or double or BigInteger => "a number",
        string or PickleText => "a text",
        ReadOnlyMemory<byte> => "bytes",
        object?[] => "a tuple",
        List<object?> => "a list",
        PickleDict => "a dictionary",
        PickleArray => "an array",
        _ => "an object of another kind",
    };
}
