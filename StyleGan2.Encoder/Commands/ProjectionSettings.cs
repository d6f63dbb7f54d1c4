using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary>Flags of the commands that project: those of a projection, and those of projections into a run folder.</summary>
internal static class ProjectionSettings
{
    private static readonly ProjectorOptions s_defaults = new();

    private static readonly Option<int> s_numSnapshots = NumberOption.Of("--num-snapshots", "Number of snapshots", 5, least: 0);

    internal static Option<string?> Vgg16Pkl { get; } =
        new("--vgg16-pkl") { Description = "LPIPS weights: network pickle, vgg16.pth,lpips.pth or .npz (default: none, a pyramid of mean squared differences)" };

    internal static Option<int> NumSteps { get; } = NumberOption.Of("--num-steps", "Number of optimization steps", s_defaults.NumSteps, least: 1);

    internal static Option<string?> OpSeedsFile { get; } = new("--op-seeds") { Description = "JSON file with the seeds of a recorded run's random operations" };

    internal static Command WithProjectionSettings(this Command command)
    {
        command.Add(s_numSnapshots);
        command.Add(Vgg16Pkl);
        command.Add(NumSteps);
        command.Add(OpSeedsFile);
        return command.WithResultSettings();
    }

    internal static int NumSnapshots(ParseResult result) => result.GetValue(s_numSnapshots);

    /// <summary>Opens what the flags name.</summary>
    internal static ProjectionSession Open(ParseResult result)
    {
        ProjectorOptions options = new()
        {
            NumSteps = result.GetValue(NumSteps),
            OpSeeds = result.GetValue(OpSeedsFile) is { } file ? OpSeeds.Load(file) : null,
        };
        return new ProjectionSession(result.GetValue(ResultSettings.Network), result.GetValue(Vgg16Pkl), options, RuntimeSettings.Read(result), Console.Out.WriteLine);
    }
}
