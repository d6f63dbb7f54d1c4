using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Results that exist already: nothing is replaced unasked, and a run that fails keeps what was there.</summary>
public sealed class OverwriteTests : IDisposable
{
    private const string Encoder = "StyleGan2.Encoder";
    private const string Tool = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    public OverwriteTests() => NpzArchive.Save(_folder.File("in.npz"), [("latents", np.zeros(new Shape(1, 32), typeof(float)))]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Encoder, "convert {network} {out}.npz", "convert {bad} {out}.npz")]
    [InlineData(
        Encoder, "evaluate --input {in} --output {out}.npz --component mapping",
        "evaluate --input {bad} --output {out}.npz --component mapping")]
    [InlineData(Encoder, "export-onnx {out}.onnx --component mapping", "export-onnx {bad} {out}.onnx --component mapping")]
    [InlineData(Tool, "display {set} --html {out}.html", "display {badset} --html {out}.html")]
    public async Task A_file_is_replaced_only_on_request(string program, string command, string failing)
    {
        string[] arguments = Arguments(command);
        string file = Assert.Single(arguments, a => a.StartsWith(_folder.File("out."), StringComparison.Ordinal));
        File.WriteAllText(file, "mine");

        ToolResult refused = await ToolProcess.Run(program, arguments);
        Assert.Equal(
            (1, $"Error: {file}: the file exists already; give another name, or --overwrite to replace it"),
            (refused.ExitCode, refused.ErrorLine));
        ToolResult failed = await ToolProcess.Run(program, [.. Arguments(failing), "--overwrite"]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Equal("mine", File.ReadAllText(file));
        Assert.Equal([Path.GetFileName(file)], Directory.GetFiles(_folder.Path, "*out*").Select(f => Path.GetFileName(f)));

        ToolResult replaced = await ToolProcess.Run(program, [.. arguments, "--overwrite"]);
        Assert.Equal((0, string.Empty), (replaced.ExitCode, replaced.Error));
        Assert.NotEqual("mine", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("extract {set} {out}", "extract {badset} {out}", "img00000007.png")]
    [InlineData("create_from_images {out} {pictures}", "create_from_images {out} {bad}", "out-r07.tfrecords")]
    public async Task Results_in_a_folder_are_replaced_only_on_request(string command, string failing, string earlier)
    {
        string target = Directory.CreateDirectory(_folder.File("out")).FullName, file = Path.Combine(target, earlier),
            note = Path.Combine(target, "notes.txt");
        File.WriteAllText(file, "mine");
        File.WriteAllText(note, "mine too");

        ToolResult refused = await ToolProcess.Run(Tool, Arguments(command));
        Assert.Equal(
            (1, $"Error: {target}: there are results already ({earlier}); choose another folder, or give --overwrite to replace them"),
            (refused.ExitCode, refused.ErrorLine));
        ToolResult failed = await ToolProcess.Run(Tool, [.. Arguments(failing), "--overwrite"]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Equal(
            new[] { file, note }.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(target).Order(StringComparer.Ordinal));
        Assert.Equal("mine", File.ReadAllText(file));

        ToolResult replaced = await ToolProcess.Run(Tool, [.. Arguments(command), "--overwrite"]);
        Assert.Equal((0, string.Empty), (replaced.ExitCode, replaced.Error));
        Assert.False(File.Exists(file));
        Assert.Equal("mine too", File.ReadAllText(note));
    }

    [Theory]
    [InlineData("convert {network} {folder}", "it is a folder; give the name of a file in it")]
    [InlineData("convert {network} {folder}/none/out.npz", "there is no such folder; make it, or choose another")]
    public async Task A_place_where_nothing_can_be_written_is_found_before_any_work(string command, string problem)
    {
        string[] arguments = Arguments(command);
        ToolResult result = await ToolProcess.Run(Encoder, arguments);
        Assert.Equal((1, $"Error: {arguments[^1]}: {problem}"), (result.ExitCode, result.ErrorLine));
    }

    /// <summary>
    /// The arguments of a command with the places of files put in; what is bad is found so only after the work has begun.
    /// </summary>
    private string[] Arguments(string command)
    {
        string damaged = Directory.CreateDirectory(_folder.File("damaged")).FullName;
        foreach (string file in Directory.GetFiles(Golden.Path("dataset", "rgb_png_4", "tfrecords")))
        {
            byte[] content = File.ReadAllBytes(file);
            content[^40] ^= 1;
            File.WriteAllBytes(Path.Combine(damaged, Path.GetFileName(file)), content);
        }

        Dictionary<string, string> places = new()
        {
            ["network"] = Golden.Path("networks", "config-f", "network.pkl"),
            ["in"] = _folder.File("in.npz"),
            ["out"] = _folder.File("out"),
            ["set"] = Golden.Path("dataset", "rgb_png_4", "tfrecords"),
            ["pictures"] = Golden.Path("dataset", "rgb_png_4", "images"),
            ["bad"] = damaged + (command.StartsWith("create", StringComparison.Ordinal) ? "" : "/tfrecords-r02.tfrecords"),
            ["badset"] = damaged,
            ["folder"] = _folder.Path,
        };
        return [.. command.Split(' ')
            .Select(a => places.Aggregate(a, (text, place) => text.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal)))];
    }
}
