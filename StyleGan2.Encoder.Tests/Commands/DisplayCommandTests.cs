using System.Diagnostics;
using System.Text.RegularExpressions;
using DatasetTool.Display;
using Imaging;
using Imaging.Decoding;
using Spectre.Console;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>display: pages in the terminal, contact sheets in HTML.</summary>
public sealed class DisplayCommandTests : IDisposable
{
    private const string Program = "dataset_tool";

    private static readonly string s_dataset = Golden.Path("dataset", "hdf5", "tfrecords");
    private static readonly string s_pages = Golden.Path("dataset", "rgb_png_32", "tfrecords");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_contact_sheet_has_every_image_with_index_and_label()
    {
        string file = _folder.File("sheet.html");
        ToolResult result = await ToolProcess.Run(Program, "display", s_dataset, "--html", file);
        Assert.Equal((0, $"Loading dataset \"{s_dataset}\"\nWrote 6 images to \"{file}\".\n", string.Empty), (result.ExitCode, result.Output, result.Error));
        string page = File.ReadAllText(file);
        MatchCollection images = Regex.Matches(page, "src=\"data:image/png;base64,([^\"]+)\">\n<figcaption>idx = (\\d+)<br>label = ([^<]+)</figcaption>");
        Assert.Equal(Enumerable.Range(0, 6), images.Select(m => int.Parse(m.Groups[2].Value)));
        Assert.All(images, m => Assert.NotEmpty(m.Groups[3].Value));
        using TFRecordReader records = TFRecordReader.Open(Path.Combine(s_dataset, "tfrecords-r04.tfrecords"));
        Assert.All(images, m =>
        {
            Assert.True(records.Read());
            using Picture picture = ImageDecoder.Decode(Convert.FromBase64String(m.Groups[1].Value), "sheet");
            Assert.True(picture.Pixels.SequenceEqual(ImageExample.Parse(records.Record, records.Location).Data));
        });
    }

    [Fact]
    public async Task Pages_follow_one_another_until_the_end()
    {
        (int exitCode, string output) = await Display(new string('\n', 10));
        Assert.Equal(0, exitCode);
        Assert.StartsWith($"Loading dataset \"{s_pages}\"\nDisplaying images\nPress SPACE or ENTER to advance, ESC to exit\n", output, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 7), Indices(output));
        Assert.EndsWith("\nDisplayed 7 images.\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u001b\n\n\n")]
    [InlineData("")]
    public async Task The_first_page_is_the_last_after_escape_and_without_keys(string keys)
    {
        (int exitCode, string output) = await Display(keys);
        int shown = Indices(output).Count();
        Assert.InRange(shown, 1, 6);
        Assert.Equal(0, exitCode);
        Assert.EndsWith($"\nDisplayed {shown} images.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_are_shown_in_their_own_colours_with_captions_below()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)10, 16), .. Enumerable.Repeat((byte)200, 16), .. Enumerable.Repeat((byte)33, 16)];
        using Picture picture = Picture.FromPixels(pixels, 3, 4, 4);
        using DisplayedImage image = new(7, picture.ToImage(), "class 3");
        using StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.TrueColor, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 80;
        new TerminalPage(8, 2, 1).Show(console, [image]);
        Assert.Contains("48;2;10;200;33m", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(new Regex("idx = 7.*\n.*label = class 3", RegexOptions.Singleline), output.ToString());
    }

    [Theory]
    [InlineData(80, 24, 1024, 38, 2, 1)]
    [InlineData(80, 24, 8, 8, 4, 3)]
    [InlineData(200, 60, 32, 32, 5, 3)]
    [InlineData(3, 3, 64, 4, 1, 1)]
    public void A_page_has_what_fits_the_terminal(int width, int height, int resolution, int side, int columns, int rows) =>
        Assert.Equal(new TerminalPage(side, columns, rows), TerminalPage.Fitting(width, height, resolution));

    [Fact]
    public async Task A_dataset_that_is_missing_is_one_line()
    {
        ToolResult result = await ToolProcess.Run(Program, "display", _folder.File("missing"), "--html", _folder.File("sheet.html"));
        Assert.Equal((1, $"Error: {_folder.File("missing")}: no such folder; give the folder that holds the .tfrecords files"), (result.ExitCode, result.ErrorLine));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_sheet_that_cannot_be_written_is_one_line()
    {
        string file = _folder.File("missing/sheet.html");
        ToolResult result = await ToolProcess.Run(Program, "display", s_dataset, "--html", file);
        Assert.Equal((1, $"Error: {file}: there is no such folder; make it, or choose another"), (result.ExitCode, result.ErrorLine));
    }

    [Fact]
    public async Task A_damaged_dataset_leaves_no_sheet()
    {
        foreach (string file in Directory.GetFiles(s_dataset))
        {
            byte[] content = File.ReadAllBytes(file);
            content[^6] ^= 1;
            _folder.Write(Path.GetFileName(file), content);
        }

        ToolResult result = await ToolProcess.Run(Program, "display", _folder.Path, "--html", _folder.File("sheet.html"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("tfrecords-r04.tfrecords, byte ", result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), f => f.Contains("sheet", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("display")]
    [InlineData("display", "a", "--html")]
    public async Task Wrong_usage_has_its_own_exit_code(params string[] arguments)
    {
        ToolResult result = await ToolProcess.Run(Program, arguments);
        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
    }

    private static IEnumerable<int> Indices(string output) => Regex.Matches(output, @"idx = (\d+)").Select(m => int.Parse(m.Groups[1].Value));

    private static async Task<(int ExitCode, string Output)> Display(string keys)
    {
        using Process process = ToolProcess.Start(Program, "display", s_pages);
        await process.StandardInput.WriteAsync(keys);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
