using DatasetTool.Display;
using NumSharp;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Spectre.Console;
using Spectre.Console.Rendering;
using StyleGan2.Encoder.Results;
using Training;

namespace StyleGan2.Encoder.Watching;

/// <summary>
/// Shows the target and the picture reached so far side by side in a terminal, renewed every second; where several pictures are projected
/// at the same time, one of them until it is over.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="graphics">How the terminal shows pictures.</param>
internal sealed class PreviewPane(TimeProvider time, TerminalGraphics graphics) : IRunProgress
{
    private const int LinesOfText = 6, Margin = 2, PixelsInLine = 2, LargestSide = 96, HighestPicture = 24;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private long _shown;
    private string? _name;

    /// <summary>What is shown; null before the first picture.</summary>
    internal IRenderable? Shown { get; private set; }

    /// <summary>What takes the last picture off the screen.</summary>
    internal string Removal => graphics.Protocol == GraphicsProtocol.Kitty ? KittyPicture.Removal : "";

    /// <inheritdoc/>
    public void Preview(string name, NDArray target, Func<NDArray> current)
    {
        _name ??= name;
        if (name == _name && (Shown is null || time.GetElapsedTime(_shown) >= s_interval))
        {
            _shown = time.GetTimestamp();
            using Image<Rgb24> both = SideBySide(target, current());
            Shown = graphics.Protocol == GraphicsProtocol.HalfBlocks ? HalfBlocks(both) : Block(both);
        }
    }

    /// <inheritdoc/>
    public void Finished(ProjectedPicture picture) => IsOver(picture.Name);

    /// <inheritdoc/>
    public void Failed(string name, string reason) => IsOver(name);

    private void IsOver(string name) => _name = _name == name ? null : _name;

    private static Image<Rgb24> SideBySide(NDArray target, NDArray current)
    {
        NDArray both = np.concatenate([target, current], axis: 0);
        using SixLabors.ImageSharp.Image grid = Misc.ConvertToPilImage(Misc.CreateImageGrid(both, (2, 1)), (-1, 1));
        return grid.CloneAs<Rgb24>();
    }

    private static Canvas HalfBlocks(Image<Rgb24> both)
    {
        Profile terminal = AnsiConsole.Profile;
        int width = Math.Min(terminal.Width - Margin, 2 * LargestSide), height = (terminal.Height - LinesOfText) * PixelsInLine;
        Shrink(both, width, height);
        return TerminalPicture.Draw(both);
    }

    /// <summary>The last line stays empty: a picture that reaches the end of the screen would move it.</summary>
    private GraphicsBlock Block(Image<Rgb24> both)
    {
        Profile terminal = AnsiConsole.Profile;
        int rows = Math.Clamp(terminal.Height - LinesOfText, 2, HighestPicture);
        double scale = Math.Min(
            (double)(rows - 1) * graphics.CellHeight / both.Height, (double)(terminal.Width - Margin) * graphics.CellWidth / both.Width);
        int columns = Math.Max(1, (int)(both.Width * scale / graphics.CellWidth));
        if (graphics.Protocol == GraphicsProtocol.Kitty)
        {
            int height = Math.Max(1, (int)(both.Height * scale / graphics.CellHeight));
            return new GraphicsBlock(rows, columns, KittyPicture.Of(both, columns, height));
        }

        both.Mutate(i => i.Resize(Math.Max(1, (int)(both.Width * scale)), Math.Max(1, (int)(both.Height * scale))));
        return new GraphicsBlock(rows, columns, SixelPicture.Of(both));
    }

    private static void Shrink(Image<Rgb24> image, int width, int height)
    {
        double scale = Math.Min(1, Math.Min((double)width / image.Width, (double)Math.Max(1, height) / image.Height));
        image.Mutate(i => i.Resize(Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale))));
    }
}
