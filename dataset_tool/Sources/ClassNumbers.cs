using System.Globalization;

namespace DatasetTool.Sources;

/// <summary>The numbers of classes: those that they have, or where not all are numbers, their places in the order of names.</summary>
internal sealed class ClassNumbers
{
    private const int MostClasses = ushort.MaxValue;

    /// <summary>Numbers classes.</summary>
    /// <param name="classes">All classes that there are, numbers or names, as often as they occur.</param>
    /// <param name="source">Where they come from, for errors.</param>
    /// <exception cref="InvalidDataException">A class is a number, but no whole one from 0.</exception>
    internal ClassNumbers(IEnumerable<string> classes, string source)
    {
        string[] distinct = [.. classes.Distinct().Order(CodePointOrder.Instance)];
        if (Array.Exists(distinct, c => !IsNumber(c)))
        {
            Names = distinct.Index().ToDictionary(c => c.Item, c => c.Index);
        }
        else if (Array.Find(distinct, c => Number(c) is null) is { } other)
        {
            throw new InvalidDataException(
                $"{source}: there is the class {other}; classes are whole numbers from 0 to {MostClasses - 1} or names, and values come in "
                + "lists ([[path, [value]], ...] in a .json file)");
        }
    }

    /// <summary>The names with their numbers; null where the classes are numbers.</summary>
    internal IReadOnlyDictionary<string, int>? Names { get; }

    /// <summary>The number of a class.</summary>
    internal int Of(string name) => Names?[name] ?? Number(name)!.Value;

    private static bool IsNumber(string name) => double.TryParse(name, CultureInfo.InvariantCulture, out _);

    private static int? Number(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < MostClasses ? number : null;
}
