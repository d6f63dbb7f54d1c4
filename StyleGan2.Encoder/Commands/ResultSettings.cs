using System.CommandLine;
using System.Text.Json.Nodes;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Commands;

/// <summary>Flags of the commands that load a generator and write into a run folder: <c>--network</c> and <c>--result-dir</c>.</summary>
internal static class ResultSettings
{
    private static readonly Option<string> s_resultDir =
        new("--result-dir") { Description = "Root directory for run results", DefaultValueFactory = _ => "results", HelpName = "DIR" };

    internal static Option<string?> Network { get; } = new("--network-pkl", "--network")
    {
        Description = "Network pickle filename (default: the bundled network)",
    };

    /// <summary>Makes a command do its work in a run folder named after it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">What the command's images depend on: a run that was stopped is continued if it had the same.</param>
    /// <param name="work">The work.</param>
    internal static Command InRunFolder(
        this Command command, Func<ParseResult, JsonObject> settings, Action<ParseResult, RunFolder, IRunProgress, CancellationToken> work)
    {
        command.Add(Network);
        command.Add(s_resultDir);
        return command.WithLabelSettings().WithRuntimeSettings().Counting((result, cancellation) => WatchSettings.Watch(result, progress =>
        {
            progress.Note($"Results go to \"{result.GetRequiredValue(s_resultDir)}\"");
            using RunFolder folder = RunFolder.Open(result.GetRequiredValue(s_resultDir), command.Name, settings(result));
            if (folder.IsContinued)
            {
                progress.Note($"Continuing the run that was stopped in {folder.Location}");
            }

            work(result, folder, progress, cancellation);
            folder.Finish();
            progress.Note($"Wrote {folder.Written} images to {folder.Location}");
            return 0;
        }));
    }
}
