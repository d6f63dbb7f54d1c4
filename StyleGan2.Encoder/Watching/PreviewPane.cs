using DatasetTool.Display;
using NumSharp;
using SixLabors.ImageSharp.Processing;
using Spectre.Console;
using Spectre.Console.Rendering;
using StyleGan2.Encoder.Results;
using Training;

namespace StyleGan2.Encoder.Watching;

/// <summary>Shows the target and the picture reached so far side by side in a terminal, renewed every second.</summary>
/// <param name="time">The clock.</param>
internal sealed class PreviewPane(TimeProvider time) : IRunProgress
{
    private const int LinesOfText = 6, Gap = 2, PixelsInLine = 2, LargestSide = 96;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private long _shown;

    /// <summary>What is shown; null before the first picture.</summary>
    internal IRenderable? Shown { get; private set; }

    /// <inheritdoc/>
    public void Preview(NDArray target, Func<NDArray> current)
    {
        if (Shown is null || time.GetElapsedTime(_shown) >= s_interval)
        {
            _shown = time.GetTimestamp();
            Shown = SideBySide(target, current());
        }
    }

    private static Columns SideBySide(NDArray target, NDArray current)
    {
        Profile terminal = AnsiConsole.Profile;
        int side = Math.Min((terminal.Width / 2) - Gap, (terminal.Height - LinesOfText) * PixelsInLine);
        return new Columns(Drawn(target, side), Drawn(current, side)) { Expand = false };
    }

    private static Canvas Drawn(NDArray images, int side)
    {
        using SixLabors.ImageSharp.Image image = Misc.ConvertToPilImage(images[0], (-1, 1));
        int largest = Math.Clamp(Math.Min(side, Math.Max(image.Width, image.Height)), 1, LargestSide);
        image.Mutate(i => i.Resize(new ResizeOptions { Size = new SixLabors.ImageSharp.Size(largest, largest), Mode = ResizeMode.Max }));
        return TerminalPicture.Draw(image);
    }
}
