using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace StyleGan2.Encoder.Commands;

/// <summary>Limits of flags' values; a value outside is wrong usage.</summary>
internal static class OptionLimits
{
    /// <summary>Takes only values from a limit on.</summary>
    internal static Option<T> AtLeast<T>(this Option<T> option, T limit)
        where T : INumber<T>
    {
        option.Validators.Add(result =>
        {
            // What is no number at all is reported by the parser.
            if (result.Tokens is [{ Value: string text }] && T.TryParse(text, CultureInfo.InvariantCulture, out T? value) && !(value >= limit))
            {
                result.AddError($"{option.Name} is {text}; it must be at least {limit}");
            }
        });
        return option;
    }

    /// <summary>Refuses a flag that the program does not have yet.</summary>
    internal static Option<T> Refused<T>(this Option<T> option, string instead)
    {
        option.Validators.Add(result =>
        {
            if (!result.Implicit)
            {
                result.AddError($"{option.Name} is not there yet; {instead}");
            }
        });
        return option;
    }
}
