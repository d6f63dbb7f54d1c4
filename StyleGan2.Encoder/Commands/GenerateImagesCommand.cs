using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Generation;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>generate-images</c> on the command line.</summary>
internal static class GenerateImagesCommand
{
    private static readonly Option<IReadOnlyList<uint>> s_seeds = NumberList.Option<uint>("--seeds", "List of random seeds");
    private static readonly Option<double> s_psi = NumberOption.Of("--truncation-psi", "Truncation psi", 0.5);

    internal static Command Define() =>
        new Command("generate-images", "Generate images") { s_seeds, s_psi }
            .WithExample(
                "Generate the images of a range of seeds",
                "stylegan2-encoder generate-images --network=ffhq.pkl --seeds=6600-6625 --truncation-psi=0.5")
            .WithExample(
                "Generate images with the bundled network, not truncated",
                "stylegan2-encoder generate-images --seeds=1,2,3 --truncation-psi=1")
            .WithLog().InRunFolder(Settings, Run);

    private static JsonObject Settings(ParseResult result)
    {
        JsonObject settings = RecordedSettings.OfNetwork(result.GetValue(ResultSettings.Network), RuntimeSettings.Read(result));
        settings["seeds"] = JsonSerializer.SerializeToNode(result.GetRequiredValue(s_seeds));
        settings["truncation_psi"] = result.GetValue(s_psi);
        return settings;
    }

    private static void Run(ParseResult result, RunFolder folder, IRunProgress progress, CancellationToken cancellation)
    {
        using RunGenerator generator = new(result.GetValue(ResultSettings.Network), RuntimeSettings.Read(result), progress);
        generator.GenerateImages(result.GetRequiredValue(s_seeds), result.GetValue(s_psi), folder, cancellation);
    }
}
