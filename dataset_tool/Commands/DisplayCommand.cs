using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Display;
using DatasetTool.Sources;
using Spectre.Console;
using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Commands;

/// <summary><c>display</c>: shows the images of a dataset in the terminal, page by page, or writes a contact sheet.</summary>
internal static class DisplayCommand
{
    private const int LargestOnSheet = 128;
    private const char Escape = '\u001b';

    internal static Command Define()
    {
        Argument<string> tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
        Option<string?> html = new("--html") { Description = "Write a page with all images instead", HelpName = "FILE" };
        Command command = new("display", "Display images in dataset.") { tfrecordDir, html, OverwriteOption.Flag };
        return command.Doing((result, cancellation) =>
        {
            string? file = result.GetValue(html) is { } given ? OverwriteOption.CheckNewFile(result, given) : null;
            using DatasetReading dataset = new(result.GetRequiredValue(tfrecordDir), TFRecordDatasetOptions.FullLabels);
            if (file is not null)
            {
                WriteSheet(dataset, result.GetRequiredValue(tfrecordDir), file, cancellation);
            }
            else
            {
                ShowPages(dataset, cancellation);
            }
        });
    }

    private static void WriteSheet(DatasetReading dataset, string title, string file, CancellationToken cancellation)
    {
        int count = 0;
        WholeFile.Write(file, stream => count = ContactSheet.Write(stream, title, Images(dataset, LargestOnSheet, cancellation)));
        Console.WriteLine($"Wrote {count} images to \"{file}\".");
    }

    private static void ShowPages(DatasetReading dataset, CancellationToken cancellation)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { ColorSystem = ColorSystemSupport.TrueColor });
        TerminalPage page = TerminalPage.Fitting(console.Profile.Width, console.Profile.Height, dataset.Resolution);
        Console.WriteLine("Displaying images");
        Console.WriteLine("Press SPACE or ENTER to advance, ESC to exit");
        int count = 0;
        foreach (DisplayedImage[] images in Images(dataset, page.Side, cancellation).Chunk(page.Count))
        {
            bool isMoreWanted = count == 0 || WaitForKey();
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

        Console.WriteLine($"\nDisplayed {count} images.");
    }

    private static IEnumerable<DisplayedImage> Images(DatasetReading dataset, int largest, CancellationToken cancellation)
    {
        for (int index = 0; dataset.Next() is ({ } image, { } label); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return DisplayedImage.From(index, image, label, largest);
        }
    }

    /// <summary>Whether to go on: SPACE and ENTER do, ESC and the end of the input do not.</summary>
    private static bool WaitForKey()
    {
        while (true)
        {
            int key = Console.IsInputRedirected ? Console.In.Read() : Console.ReadKey(intercept: true).KeyChar;
            switch (key)
            {
                case ' ' or '\r' or '\n':
                    return true;
                case Escape or < 0:
                    return false;
            }
        }
    }
}
