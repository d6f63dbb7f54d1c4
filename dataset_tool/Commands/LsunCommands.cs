using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DatasetTool.CommandLine;
using DatasetTool.Creation;

namespace DatasetTool.Commands;

/// <summary><c>create_lsun</c> and <c>create_lsun_wide</c>.</summary>
internal static class LsunCommands
{
    private const int DefaultWidth = 512;
    private const int DefaultHeight = 384;

    internal static Command DefineSquare()
    {
        Option<int> resolution = Size("--resolution", "Output resolution", 256);
        Option<int?> maxImages = MaxImages();
        return CreateCommand.Define(
            "create_lsun", "Create dataset for single LSUN category.", LmdbDir(), "LSUN dataset",
            (result, target, source, options, cancellation) =>
                CreateLsun.Run(
                    target, source, CreateLsun.Square(result.GetValue(resolution)), result.GetValue(maxImages), options, cancellation),
            resolution, maxImages);
    }

    internal static Command DefineWide()
    {
        Option<int> width = Size("--width", "Output width", DefaultWidth);
        Option<int> height = NumberOption.Of("--height", "Output height", DefaultHeight, least: 1);
        Option<int?> maxImages = MaxImages();
        Command command = CreateCommand.Define(
            "create_lsun_wide", "Create LSUN dataset with non-square aspect ratio.", LmdbDir(), "LSUN dataset",
            (result, target, source, options, cancellation) => CreateLsun.Run(
                target, source, CreateLsun.Wide(result.GetValue(width), result.GetValue(height)), result.GetValue(maxImages),
                options, cancellation),
            width, height, maxImages);
        command.Validators.Add(result =>
        {
            (int h, int w) = (Given(result, height) ?? DefaultHeight, Given(result, width) ?? DefaultWidth);
            if (h > w)
            {
                result.AddError($"--height is {h}; it must be at most --width, {w}");
            }
        });
        return command;
    }

    private static Argument<string> LmdbDir() => new("lmdb_dir") { Description = "Directory containing LMDB database" };

    private static Option<int?> MaxImages() =>
        NumberOption.Optional<int>("--max_images", "Maximum number of images (default: none)", least: 1);

    private static Option<int> Size(string name, string description, int missing) =>
        NumberOption.Of(name, description, missing, ExportSettings.IsSize, ExportSettings.SizeRule);

    /// <summary>An option's value if it is given and is a number.</summary>
    private static int? Given(CommandResult result, Option<int> option) =>
        result.GetResult(option) is { Tokens: [{ Value: string text }] } && int.TryParse(text, CultureInfo.InvariantCulture, out int number)
            ? number : null;
}
