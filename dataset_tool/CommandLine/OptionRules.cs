using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary>Rules for the values of options.</summary>
internal static class OptionRules
{
    /// <summary>Refuses values that are not fit.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isFit">Whether a value is.</param>
    /// <param name="rule">What the option takes, for the error.</param>
    internal static Option<T> Where<T>(this Option<T> option, Predicate<T> isFit, string rule)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && !isFit(value))
            {
                result.AddError($"{option.Name} takes {rule}.");
            }
        });
        return option;
    }
}
