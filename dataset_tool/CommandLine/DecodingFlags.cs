using System.CommandLine;
using Imaging;
using Imaging.Colors;

namespace DatasetTool.CommandLine;

/// <summary>The options of commands that read pictures.</summary>
internal static class DecodingFlags
{
    private static readonly Option<string?> s_convert = new Option<string?>("--convert")
    {
        Description = "Convert every picture, whatever its colours, to this (default: none)",
    }.AcceptOnlyFromAmong("rgb", "rgba");

    private static readonly Option<string> s_depth = new Option<string>("--depth")
    {
        Description = "How 16-bit gray becomes 8-bit gray: clip levels beyond 255, as PIL does, or scale them down",
        DefaultValueFactory = _ => "clip",
    }.AcceptOnlyFromAmong("clip", "scale");

    private static readonly Option<bool> s_exifOrientation = new("--exif-orientation")
    {
        Description = "Turn pictures as their EXIF orientation says; PIL takes them as stored",
    };

    private static readonly Option<int> s_maxPixels = NumberOption.Of(
        "--max-pixels",
        "Refuse pictures of more pixels, by what their headers say",
        DecodingOptions.PilsMaxPixels,
        least: 1,
        most: DecodingOptions.LargestMaxPixels);

    /// <summary>Adds the options to a command.</summary>
    internal static Command WithDecodingFlags(this Command command)
    {
        command.Add(s_convert);
        command.Add(s_depth);
        command.Add(s_exifOrientation);
        command.Add(s_maxPixels);
        return command;
    }

    /// <summary>How the command line says that pictures are decoded.</summary>
    internal static DecodingOptions Read(ParseResult result)
    {
        return new DecodingOptions
        {
            Conversion = result.GetValue(s_convert) switch
            {
                "rgb" => ColorConversion.Rgb,
                "rgba" => ColorConversion.Rgba,
                _ => ColorConversion.None,
            },
            Depth = result.GetValue(s_depth) == "scale" ? DepthConversion.Scale : DepthConversion.Clip,
            ExifOrientation = result.GetValue(s_exifOrientation),
            MaxPixels = result.GetValue(s_maxPixels),
        };
    }
}
