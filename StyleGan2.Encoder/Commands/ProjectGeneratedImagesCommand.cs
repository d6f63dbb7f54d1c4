using System.CommandLine;
using System.Text.Json;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>project-generated-images</c> on the command line.</summary>
internal static class ProjectGeneratedImagesCommand
{
    private static readonly Option<IReadOnlyList<uint>> s_seeds =
        NumberList.Option<uint>("--seeds", "List of random seeds (default: 0-2)", [0, 1, 2]);

    private static readonly Option<double> s_psi = NumberOption.Of("--truncation-psi", "Truncation psi", 1.0);

    internal static Command Define() =>
        new Command("project-generated-images", "Project generated images") { s_seeds, s_psi }
            .WithExample(
                "Project the images of three seeds",
                "stylegan2-encoder project-generated-images --network=car.pkl --seeds=0,1,5")
            .WithExample(
                "Save ten pictures on the way of each",
                "stylegan2-encoder project-generated-images --seeds=7 --num-snapshots=10")
            .Projecting(
            (result, settings) =>
            {
                settings["seeds"] = JsonSerializer.SerializeToNode(result.GetRequiredValue(s_seeds));
                settings["truncation_psi"] = result.GetValue(s_psi);
            },
            (result, projector, cancellation) =>
                projector.ProjectGeneratedImages(result.GetRequiredValue(s_seeds), result.GetValue(s_psi), cancellation));
}
