using System.CommandLine;
using System.Numerics;
using DatasetTool.CommandLine;
using DatasetTool.Export;

namespace DatasetTool.Commands;

/// <summary><c>create_lsun</c> and <c>create_lsun_wide</c>.</summary>
internal static class LsunCommands
{
    internal static Command DefineSquare()
    {
        Option<int> resolution = Size("--resolution", "Output resolution", 256);
        Option<int?> maxImages = MaxImages();
        return CreateCommand.Define(
            "create_lsun", "Create dataset for single LSUN category.", LmdbDir(), "LSUN dataset",
            (result, target, source, options, cancellation) =>
                CreateLsun.Run(target, source, CreateLsun.Square(result.GetValue(resolution)), result.GetValue(maxImages), options, cancellation),
            resolution, maxImages);
    }

    internal static Command DefineWide()
    {
        Option<int> width = Size("--width", "Output width", 512);
        Option<int> height = new("--height") { Description = "Output height", DefaultValueFactory = _ => 384 };
        Option<int?> maxImages = MaxImages();
        Command command = CreateCommand.Define(
            "create_lsun_wide", "Create LSUN dataset with non-square aspect ratio.", LmdbDir(), "LSUN dataset", output => new WideExportProgress(output),
            (result, target, source, options, cancellation) => CreateLsun.Run(
                target, source, CreateLsun.Wide(result.GetValue(width), result.GetValue(height)), result.GetValue(maxImages), options, cancellation),
            width, height.Where(h => h > 0, "a number from 1 on"), maxImages);
        command.Validators.Add(result =>
        {
            if (result.GetValue(height) > result.GetValue(width))
            {
                result.AddError("--height takes a number up to --width.");
            }
        });
        return command;
    }

    private static Argument<string> LmdbDir() => new("lmdb_dir") { Description = "Directory containing LMDB database" };

    private static Option<int?> MaxImages() => new Option<int?>("--max_images") { Description = "Maximum number of images (default: none)" }.Where(n => n > 0, "a number from 1 on");

    private static Option<int> Size(string name, string description, int value) =>
        new Option<int>(name) { Description = description, DefaultValueFactory = _ => value }
            .Where(s => BitOperations.IsPow2(s) && s >= ImagePyramid.SmallestSize, $"a power of two from {ImagePyramid.SmallestSize} on");
}
