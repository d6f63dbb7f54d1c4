using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Display;
using DatasetTool.Sources;
using Spectre.Console;
using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Commands;

/// <summary>
/// <c>display</c>: shows the images of a dataset in the terminal, page by page, or writes a contact sheet; a table where the output is a
/// file or a pipe, or NO_COLOR is set.
/// </summary>
internal static class DisplayCommand
{
    private const int LargestOnSheet = 128;
    private const int DefaultLimit = 1000;
    private const char Escape = '\u001b';
    private const char EndOfTransmission = '\u0004';
    private const string Prompt = "SPACE or ENTER: next page, q or ESC: end";

    private static readonly TimeSpan s_keyInterval = TimeSpan.FromMilliseconds(50);

    private static readonly Argument<string> s_tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
    private static readonly Option<string?> s_html =
        new("--html") { Description = "Write a page with the images instead", HelpName = "FILE" };

    private static readonly Option<int> s_limit =
        NumberOption.Of("--limit", "Most images of a page of HTML or of a table", DefaultLimit, least: 1);

    internal static Command Define() =>
        new Command("display", "Display images in dataset.") { s_tfrecordDir, s_html, s_limit, OverwriteOption.Flag }.Doing(Run);

    private static void Run(ParseResult result, CancellationToken cancellation)
    {
        string? file = result.GetValue(s_html) is { } given ? OverwriteOption.CheckNewFile(result, given) : null;
        string tfrecordDir = result.GetRequiredValue(s_tfrecordDir);
        using DatasetReading dataset = new(tfrecordDir, TFRecordDatasetOptions.FullLabels);
        if (file is null && !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
        {
            ShowPages(dataset, cancellation);
            return;
        }

        int read = 0, count = 0;
        IEnumerable<DisplayedImage> images = Images(dataset, LargestOnSheet, cancellation).Take(result.GetValue(s_limit)).Select(image =>
        {
            read++;
            return image;
        });
        if (file is null)
        {
            count = ImageTable.Write(Console.Out, images);
        }
        else
        {
            WholeFile.Write(file, stream => count = ContactSheet.Write(stream, tfrecordDir, images));
        }

        string rest = read == count && dataset.Next() is null ? "" : "; there are more";
        Console.WriteLine(file is null ? $"Listed {count} images{rest}." : $"Wrote {count} images to \"{file}\"{rest}.");
    }

    private static void ShowPages(DatasetReading dataset, CancellationToken cancellation)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { ColorSystem = ColorSystemSupport.TrueColor });
        TerminalPage page = TerminalPage.Fitting(console.Profile.Width, console.Profile.Height, dataset.Resolution);
        int count = 0;
        foreach (DisplayedImage[] images in Images(dataset, page.Side, cancellation).Chunk(page.Count))
        {
            bool isMoreWanted = count == 0 || WaitForKey(cancellation);
            if (isMoreWanted)
            {
                page.Show(console, images);
                count += images.Length;
            }

            Array.ForEach(images, i => i.Dispose());
            if (!isMoreWanted)
            {
                break;
            }
        }

        Console.WriteLine($"Displayed {count} images.");
    }

    private static IEnumerable<DisplayedImage> Images(DatasetReading dataset, int largest, CancellationToken cancellation)
    {
        for (int index = 0; dataset.Next() is ({ } image, { } label); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return DisplayedImage.From(index, image, label, largest);
        }
    }

    /// <summary>
    /// Whether to go on: SPACE and ENTER do, q, ESC and the end of the input do not. The keys are shown until one is pressed.
    /// </summary>
    private static bool WaitForKey(CancellationToken cancellation)
    {
        Console.Write(Prompt);
        bool? isMoreWanted = null;
        while (isMoreWanted is null)
        {
            isMoreWanted = Console.IsInputRedirected ? Meaning(Console.In.Read())
                : Console.KeyAvailable ? Meaning(Console.ReadKey(intercept: true).KeyChar)
                : null;
            cancellation.WaitHandle.WaitOne(isMoreWanted is null ? s_keyInterval : TimeSpan.Zero);
            cancellation.ThrowIfCancellationRequested();
        }

        Console.Write($"\r{new string(' ', Prompt.Length)}\r");
        return isMoreWanted.Value;
    }

    private static bool? Meaning(int key) => key switch
    {
        ' ' or '\r' or '\n' => true,
        'q' or 'Q' or Escape or EndOfTransmission or < 0 => false,
        _ => null,
    };
}
