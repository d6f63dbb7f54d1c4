using Spectre.Console;
using Spectre.Console.Rendering;

namespace DatasetTool.CommandLine;

/// <summary>
/// A line that is written where bars stand: what is left of them to its right is erased, which Spectre.Console does not do.
/// </summary>
/// <param name="line">The line; it takes several where the terminal is narrow.</param>
internal sealed class LineAboveBars(string line) : Renderable
{
    private const string EraseToEnd = "\e[K";

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (Segment segment in ((IRenderable)new Text(line)).Render(options, maxWidth))
        {
            if (segment.IsLineBreak)
            {
                yield return Segment.Control(EraseToEnd);
            }

            yield return segment;
        }

        yield return Segment.Control(EraseToEnd);
        yield return Segment.LineBreak;
    }
}
