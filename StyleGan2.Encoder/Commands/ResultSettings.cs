using System.CommandLine;
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

    internal static Command WithResultSettings(this Command command)
    {
        command.Add(Network);
        command.Add(s_resultDir);
        return command.WithRuntimeSettings();
    }

    /// <summary>Makes the folder of this run, named after the command.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static string MakeRunFolder(ParseResult result) =>
        RunFolder.Create(result.GetRequiredValue(s_resultDir), result.CommandResult.Command.Name);
}
