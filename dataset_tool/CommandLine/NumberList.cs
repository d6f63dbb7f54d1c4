using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DatasetTool.CommandLine;

/// <summary>Options that take numbers and ranges of numbers: <c>1,2,5-7</c> (Python's <c>_parse_num_range</c>).</summary>
internal static class NumberList
{
    private const int MostNumbers = 1_000_000;

    /// <summary>An option that takes numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the numbers are.</param>
    /// <param name="missing">The numbers if the option is left out; null if it must be given.</param>
    internal static Option<IReadOnlyList<T>> Option<T>(string name, string description, IReadOnlyList<T>? missing = null)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "LIST",
            Required = missing is null,
            DefaultValueFactory = missing is null ? null : _ => missing,
            CustomParser = result => Parse<T>(result, name),
        };

    /// <summary>An option that takes numbers and is null if it is left out.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the numbers are.</param>
    internal static Option<IReadOnlyList<T>?> Optional<T>(string name, string description)
        where T : struct, IBinaryInteger<T> =>
        new(name) { Description = description, HelpName = "LIST", CustomParser = result => Parse<T>(result, name) };

    private static IReadOnlyList<T> Parse<T>(ArgumentResult result, string name)
        where T : struct, IBinaryInteger<T>
    {
        List<T> numbers = [];
        if (!result.Tokens.Single().Value.Split(',').All(part => TryAdd(part, numbers)))
        {
            result.Refuse(name, $"a list of at most {MostNumbers} numbers such as 1,2,5-7");
        }

        return numbers;
    }

    private static bool TryAdd<T>(string part, List<T> numbers)
        where T : struct, IBinaryInteger<T>
    {
        string[] ends = part.Split('-', 2);
        if (!TryNumber(ends[0], out T first) || !TryNumber(ends[^1], out T last) || first > last
            || long.CreateChecked(last - first) >= MostNumbers - numbers.Count)
        {
            return false;
        }

        for (T offset = T.Zero; offset <= last - first; offset++)
        {
            numbers.Add(first + offset);
        }

        return true;
    }

    private static bool TryNumber<T>(string text, out T number)
        where T : struct, IBinaryInteger<T> => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
