using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DatasetTool.CommandLine;

/// <summary>Options that take a number, finite and within limits; anything else is wrong usage.</summary>
internal static class NumberOption
{
    /// <summary>An option with a default.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the number is.</param>
    /// <param name="missing">The number if the option is left out.</param>
    /// <param name="least">The smallest number allowed; null for no limit.</param>
    /// <param name="most">The largest number allowed; null for no limit.</param>
    internal static Option<T> Of<T>(string name, string description, T missing, T? least = null, T? most = null)
        where T : struct, INumber<T> => Of(name, description, missing, IsBetween(least, most), Rule(least, most));

    /// <summary>An option with a default and a rule of its own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the number is.</param>
    /// <param name="missing">The number if the option is left out.</param>
    /// <param name="isFit">Whether a number is allowed.</param>
    /// <param name="rule">What the number must be, for the error.</param>
    internal static Option<T> Of<T>(string name, string description, T missing, Predicate<T> isFit, string rule)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => missing,
            CustomParser = result => Parse(result, name, isFit, rule),
        };

    /// <summary>An option whose value is null if it is left out.</summary>
    /// <inheritdoc cref="Of{T}(string, string, T, T?, T?)"/>
    public static Option<T?> Optional<T>(string name, string description, T? least = null, T? most = null)
        where T : struct, INumber<T> => Optional(name, description, IsBetween(least, most), Rule(least, most));

    /// <summary>An option with a rule of its own whose value is null if it is left out.</summary>
    /// <inheritdoc cref="Of{T}(string, string, T, Predicate{T}, string)"/>
    public static Option<T?> Optional<T>(string name, string description, Predicate<T> isFit, string rule)
        where T : struct, INumber<T> =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => Parse(result, name, isFit, rule) };

    private static T Parse<T>(ArgumentResult result, string name, Predicate<T> isFit, string rule)
        where T : struct, INumber<T>
    {
        bool isNumber = T.TryParse(result.Tokens.Single().Value, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number);
        if (!isNumber || !isFit(number))
        {
            result.Refuse(name, rule);
        }

        return number;
    }

    private static Predicate<T> IsBetween<T>(T? least, T? most)
        where T : struct, INumber<T> => number => !(number < least) && !(number > most);

    private static string Rule<T>(T? least, T? most)
        where T : struct, INumber<T>
    {
        bool isWhole = T.One / (T.One + T.One) == T.Zero;
        string kind = isWhole ? "a whole number" : "a finite number";
        return (least, most) switch
        {
            ({ } low, { } high) => $"{kind} from {low} to {high}",
            ({ } low, null) => $"{kind}, at least {low}",
            (null, { } high) => $"{kind}, at most {high}",
            _ => kind,
        };
    }
}
