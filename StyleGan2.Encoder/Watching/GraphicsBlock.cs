using Spectre.Console.Rendering;

namespace StyleGan2.Encoder.Watching;

/// <summary>Empty lines over which a picture is drawn, by what the terminal shows pictures with.</summary>
/// <param name="rows">How many lines.</param>
/// <param name="columns">Characters that the picture is wide.</param>
/// <param name="picture">What draws it at the cursor.</param>
internal sealed class GraphicsBlock(int rows, int columns, string picture) : Renderable
{
    private const string SaveCursor = "\e7", RestoreCursor = "\e8";

    /// <inheritdoc/>
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(columns, columns);

    /// <summary>The lines come first, as text that is written over a picture takes it away.</summary>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        for (int row = 1; row < rows; row++)
        {
            yield return Segment.LineBreak;
        }

        yield return Segment.Control($"{SaveCursor}\r\e[{rows - 1}A{picture}{RestoreCursor}");
        yield return Segment.LineBreak;
    }
}
