using System.CommandLine;
using System.Text.Json.Nodes;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Commands;

/// <summary>Flags of the commands that project: those of a projection, and those of projections into a run folder.</summary>
internal static class ProjectionSettings
{
    private static readonly ProjectorOptions s_defaults = new();

    private static readonly Option<int> s_numSnapshots = NumberOption.Of("--num-snapshots", "Number of snapshots", 5, least: 0);

    internal static Option<string?> Vgg16Pkl { get; } = new("--vgg16-pkl")
    {
        Description = "LPIPS weights: network pickle, vgg16.pth,lpips.pth or .npz (default: none, a pyramid of mean squared differences)",
    };

    internal static Option<int> NumSteps { get; } =
        NumberOption.Of("--num-steps", "Number of optimization steps", s_defaults.NumSteps, least: 1);

    internal static Option<double> InitialLearningRate { get; } = NumberOption.Of(
        "--initial-learning-rate", "Initial learning rate", s_defaults.InitialLearningRate, least: 0);

    internal static Option<double> InitialNoiseFactor { get; } = NumberOption.Of(
        "--initial-noise-factor", "Initial noise factor", s_defaults.InitialNoiseFactor, least: 0);

    internal static Option<string> Preset { get; } = new Option<string>("--preset")
    {
        Description = "Settings of the optimization: reference (Python's), fast (the same distance in a fifth of the steps) or best "
            + "(less distance in as many steps); flags given beside it win",
        DefaultValueFactory = _ => ProjectionPreset.Reference,
    }.AcceptOnlyFromAmong([.. ProjectionPreset.Names]);

    internal static Option<string?> OpSeedsFile { get; } =
        new("--op-seeds") { Description = "JSON file with the seeds of a recorded run's random operations" };

    /// <summary>Makes a command project into a run folder.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">Adds to the settings that the results depend on.</param>
    /// <param name="project">Projects.</param>
    internal static Command Projecting(
        this Command command, Action<ParseResult, JsonObject> settings, Action<ParseResult, RunProjector, CancellationToken> project)
    {
        command.Add(s_numSnapshots);
        command.Add(Vgg16Pkl);
        command.Add(NumSteps);
        command.Add(Preset);
        command.Add(OpSeedsFile);
        command.WithJobs().WithVideoSettings().WithLogAndPreview();
        return command.InRunFolder(
            result =>
            {
                JsonObject all = RecordedSettings.OfProjection(
                    result.GetValue(ResultSettings.Network),
                    LabelSettings.Read(result),
                    result.GetValue(Vgg16Pkl),
                    Options(result),
                    RuntimeSettings.Read(result));
                all["num_snapshots"] = result.GetValue(s_numSnapshots);
                RecordedSettings.AddVideo(all, VideoSettings.ReadTried(result));
                settings(result, all);
                return all;
            },
            (result, folder, progress, cancellation) =>
            {
                using ProjectionSession session = Open(result, progress);
                RunProjector projector = new(
                    session,
                    RuntimeSettings.Jobs(result),
                    result.GetValue(s_numSnapshots),
                    folder,
                    progress,
                    VideoSettings.Read(result));
                project(result, projector, cancellation);
            });
    }

    private static ProjectionSession Open(ParseResult result, IRunProgress progress) => new(
        result.GetValue(ResultSettings.Network),
        result.GetValue(Vgg16Pkl),
        Options(result),
        RuntimeSettings.Read(result),
        progress.Note,
        LabelSettings.Read(result),
        RuntimeSettings.BatchSize(result));

    /// <summary>The preset's settings, and those of the flags that were given.</summary>
    internal static ProjectorOptions Options(ParseResult result)
    {
        ProjectorOptions preset = ProjectionPreset.Of(result.GetRequiredValue(Preset));
        return preset with
        {
            NumSteps = Given(NumSteps, preset.NumSteps),
            InitialLearningRate = Given(InitialLearningRate, preset.InitialLearningRate),
            InitialNoiseFactor = Given(InitialNoiseFactor, preset.InitialNoiseFactor),
            OpSeeds = result.GetValue(OpSeedsFile) is { } file ? OpSeeds.Load(file) : null,
        };

        T Given<T>(Option<T> option, T otherwise)
            where T : struct => result.GetResult(option) is { Implicit: false } ? result.GetValue(option) : otherwise;
    }
}
