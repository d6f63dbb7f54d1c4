using System.CommandLine.Parsing;

namespace DatasetTool.CommandLine;

/// <summary>Refuses values of options: one line that names the option, the value and what it may be.</summary>
internal static class OptionRules
{
    /// <summary>Reports the value of an option that must be something else.</summary>
    /// <param name="result">Where the value was given.</param>
    /// <param name="option">The option's name.</param>
    /// <param name="rule">What the value must be.</param>
    internal static void Refuse(this SymbolResult result, string option, string rule)
    {
        result.AddError($"{option} is {string.Join(' ', result.Tokens.Select(t => t.Value))}; it must be {rule}");
    }
}
