using Spectre.Console;
using Spectre.Console.Rendering;

namespace DatasetTool.Display;

/// <summary>As many images side by side as a terminal shows at once, index and label under each.</summary>
/// <param name="Side">Width and height of an image in pixels; a character holds two, one above the other.</param>
/// <param name="Columns">Images in a row.</param>
/// <param name="Rows">Rows of images.</param>
internal sealed record TerminalPage(int Side, int Columns, int Rows)
{
    private const int PixelsInLine = 2;
    private const int NarrowestCaption = 18;
    private const int Gap = 2;
    private const int CaptionLines = 3;
    private const int PromptLines = 2;
    private const int SmallestSide = 4;

    /// <summary>How many images a page has.</summary>
    internal int Count => Columns * Rows;

    /// <summary>The page that fits a terminal.</summary>
    /// <param name="width">Its characters in a line.</param>
    /// <param name="height">Its lines.</param>
    /// <param name="resolution">Width and height of the images, beyond which they are not enlarged.</param>
    internal static TerminalPage Fitting(int width, int height, int resolution)
    {
        int room = Math.Min(width - Gap, (height - PromptLines - CaptionLines) * PixelsInLine);
        int side = Math.Clamp(room, SmallestSide, Math.Max(SmallestSide, resolution));
        int lines = ((side + 1) / PixelsInLine) + CaptionLines;
        return new TerminalPage(side, Math.Max(1, width / (ColumnWidth(side) + Gap)), Math.Max(1, (height - PromptLines) / lines));
    }

    /// <summary>Shows a page.</summary>
    internal void Show(IAnsiConsole console, IReadOnlyList<DisplayedImage> images)
    {
        Grid grid = new();
        for (int column = 0; column < Columns; column++)
        {
            grid.AddColumn(new GridColumn { Width = ColumnWidth(Side), Padding = new Padding(0, 0, Gap, 1) });
        }

        foreach (DisplayedImage[] row in images.Chunk(Columns))
        {
            IEnumerable<IRenderable> cells = row.Select(Cell);
            grid.AddRow([.. cells.Concat(Enumerable.Repeat(Text.Empty, Columns - row.Length))]);
        }

        console.Write(grid);
    }

    private static int ColumnWidth(int side) => Math.Max(side, NarrowestCaption);

    private Rows Cell(DisplayedImage image) =>
        new(TerminalPicture.Draw(image.Image), new Text($"idx = {image.Index}\n{Shortened($"label = {image.Label}")}"));

    private string Shortened(string text) => text.Length <= ColumnWidth(Side) ? text : $"{text[..(ColumnWidth(Side) - 1)]}\u2026";
}
