using System.CommandLine;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>project-real-images</c> on the command line.</summary>
internal static class ProjectRealImagesCommand
{
    private static readonly Option<string> s_dataDir = new("--data-dir") { Description = "Dataset root directory", Required = true };
    private static readonly Option<string> s_dataset = new("--dataset") { Description = "Training dataset", Required = true };
    private static readonly Option<int> s_numImages = NumberOption.Of("--num-images", "Number of images to project", 3, least: 1);

    internal static Command Define() =>
        new Command("project-real-images", "Project real images") { s_dataDir, s_dataset, s_numImages }
            .WithExample(
                "Project the first three images of the dataset in datasets/cars",
                "stylegan2-encoder project-real-images --network=car.pkl --dataset=cars --data-dir=datasets")
            .Projecting(
            (result, settings) =>
            {
                settings["dataset"] = Path.GetFullPath(
                    Path.Combine(result.GetRequiredValue(s_dataDir), result.GetRequiredValue(s_dataset)));
                settings["num_images"] = result.GetValue(s_numImages);
            },
            (result, projector, cancellation) => projector.ProjectRealImages(
                result.GetRequiredValue(s_dataset), result.GetRequiredValue(s_dataDir), result.GetValue(s_numImages), cancellation));
}
