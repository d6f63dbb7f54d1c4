using System.CommandLine;
using Imaging;

namespace DatasetTool.CommandLine;

/// <summary>The option <c>--convert</c> of commands that read pictures.</summary>
public static class ConvertOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Flag { get; } =
        new Option<string?>("--convert") { Description = "Convert every picture, whatever its colours, to this (default: none)" }.AcceptOnlyFromAmong("rgb");

    /// <summary>What the command line says is to be done with pictures that are not 8-bit gray or RGB.</summary>
    public static ColorConversion Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.GetValue(Flag) is null ? ColorConversion.None : ColorConversion.Rgb;
    }
}
