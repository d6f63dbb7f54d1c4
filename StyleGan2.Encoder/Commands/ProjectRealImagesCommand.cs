using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>project-real-images</c> on the command line.</summary>
internal static class ProjectRealImagesCommand
{
    private static readonly Option<string> s_dataDir = new("--data-dir") { Description = "Dataset root directory", Required = true };
    private static readonly Option<string> s_dataset = new("--dataset") { Description = "Training dataset", Required = true };
    private static readonly Option<int> s_numImages = NumberOption.Of("--num-images", "Number of images to project", 3, least: 1);

    internal static Command Define() =>
        new Command("project-real-images", "Project real images") { s_dataDir, s_dataset, s_numImages }.WithProjectionSettings().Doing((result, cancellation) =>
        {
            using ProjectionSession session = ProjectionSettings.Open(result);
            new RunProjector(session, Console.Out).ProjectRealImages(
                result.GetRequiredValue(s_dataset),
                result.GetRequiredValue(s_dataDir),
                result.GetValue(s_numImages),
                ProjectionSettings.NumSnapshots(result),
                ResultSettings.MakeRunFolder(result),
                cancellation);
        });
}
