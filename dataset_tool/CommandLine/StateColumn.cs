using Spectre.Console;
using Spectre.Console.Rendering;

namespace DatasetTool.CommandLine;

/// <summary>The column of a progress display that says how far a piece of work is.</summary>
internal sealed class StateColumn : ProgressColumn
{
    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <summary>Changes what is said of a piece of work.</summary>
    internal static void Set(ProgressTask task, string state) => task.Tag = state;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Tag as string ?? "") { Overflow = Overflow.Ellipsis };
}
