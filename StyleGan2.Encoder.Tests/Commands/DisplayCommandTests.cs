using System.Text.RegularExpressions;
using DatasetTool.Display;
using DatasetTool.Export;
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
        Assert.Equal(
            (0, $"Loading dataset \"{s_dataset}\"\nWrote 6 images to \"{file}\".\n", string.Empty),
            (result.ExitCode, result.Output, result.Error));
        string page = File.ReadAllText(file);
        MatchCollection images = Regex.Matches(
            page, "src=\"data:image/png;base64,([^\"]+)\">\n<figcaption>idx = (\\d+)<br>label = ([^<]+)</figcaption>");
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
    public async Task A_contact_sheet_of_large_noise_has_as_many_images_as_fit_20_megabytes()
    {
        string set = _folder.File("set"), file = _folder.File("sheet.html");
        using (TFRecordExporter exporter = new(set, 1200))
        {
            System.Random random = new(1);
            byte[] noise = new byte[3 * 128 * 128];
            for (int i = 0; i < 1200; i++)
            {
                random.NextBytes(noise);
                using Picture picture = Picture.FromPixels(noise, 3, 128, 128);
                exporter.AddImage(picture, $"{i}");
            }

            exporter.Close();
        }

        ToolResult result = await ToolProcess.Run(Program, "display", set, "--html", file);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.EndsWith("; there are more.\n", result.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(file).Length, 10_000_000, 20_000_000);
        Assert.EndsWith("</html>\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_holds_for_sheets_and_tables()
    {
        string file = _folder.File("sheet.html");
        ToolResult sheet = await ToolProcess.Run(Program, "display", s_dataset, "--limit", "2", "--html", file);
        Assert.EndsWith($"Wrote 2 images to \"{file}\"; there are more.\n", sheet.Output, StringComparison.Ordinal);
        Assert.Equal(2, Indices(File.ReadAllText(file)).Count());
        ToolResult table = await ToolProcess.Run(Program, "display", s_dataset, "--limit", "6");
        Assert.EndsWith("\nListed 6 images.\n", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_has_a_table_of_indices_and_labels()
    {
        ToolResult result = await ToolProcess.Run(Program, "display", s_pages);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n');
        Assert.Equal("     idx  label", lines[1]);
        Assert.Equal(Enumerable.Range(0, 7), lines[2..9].Select(l => int.Parse(l[..8])));
        Assert.Equal("       0  [0.569, 0.344, 0.374, 0.415, 0.41]", lines[2]);
        Assert.Equal("Listed 7 images.", lines[9]);
    }

    [Theory]
    [InlineData("          ", 7)]
    [InlineData("\n\n\n\n\n\n\n\n", 7)]
    [InlineData("q", 1)]
    [InlineData("x q", 2)]
    public async Task On_a_terminal_keys_lead_from_page_to_page(string keys, int images)
    {
        string output = await Display(keys);
        Assert.Equal(Enumerable.Range(0, images), Indices(output));
        Assert.Equal(Math.Min(images, 6), Regex.Count(output, "SPACE or ENTER: next page, q or ESC: end"));
        Assert.EndsWith($"Displayed {images} images.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_without_colours_has_a_table()
    {
        string output = await Display("", "export NO_COLOR=1");
        Assert.Contains("     idx  label\n", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e\[[\d;]*m", output);
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
        Assert.Equal(
            (1, $"Error: {_folder.File("missing")}: no such folder; give the folder that holds the .tfrecords files"),
            (result.ExitCode, result.ErrorLine));
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

    private static IEnumerable<int> Indices(string output) =>
        Regex.Matches(output, @"idx = (\d+)").Select(m => int.Parse(m.Groups[1].Value));

    /// <summary>What a terminal of one image's size receives while keys are pressed.</summary>
    private static async Task<string> Display(string keys, string colors = "unset NO_COLOR")
    {
        TerminalNeeded.SkipWithoutTerminals();
        string program = Path.Combine(AppContext.BaseDirectory, $"{Program}.dll");
        string terminal = $"{colors}; export TERM=xterm-256color; stty columns 40 rows 24";
        string command = $"printf '{keys}' | script -qec \"{terminal}; dotnet '{program}' display '{s_pages}'\" /dev/null";
        ToolResult result = await ToolProcess.RunFile("/bin/sh", TimeSpan.FromMinutes(1), "-c", command);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output.Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
