using System.CommandLine;
using Imaging.Colors;
using Imaging.Decoding;

namespace DatasetTool.CommandLine;

/// <summary>The options of commands that read pictures.</summary>
public static class DecodingFlags
{
    /// <summary>The option <c>--convert</c>.</summary>
    public static Option<string?> Convert { get; } = new Option<string?>("--convert")
    {
        Description = "Convert every picture, whatever its colours, to this (default: none)",
    }.AcceptOnlyFromAmong("rgb");

    /// <summary>How the command line says that pictures are decoded.</summary>
    public static DecodingOptions Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new DecodingOptions { Conversion = result.GetValue(Convert) is null ? ColorConversion.None : ColorConversion.Rgb };
    }
}
