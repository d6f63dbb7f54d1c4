using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Generation;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>generate-images</c> on the command line.</summary>
internal static class GenerateImagesCommand
{
    private static readonly Option<IReadOnlyList<uint>> s_seeds = NumberList.Option<uint>("--seeds", "List of random seeds");
    private static readonly Option<double> s_psi = NumberOption.Of("--truncation-psi", "Truncation psi", 0.5);

    internal static Command Define() =>
        new Command("generate-images", "Generate images") { s_seeds, s_psi }.WithResultSettings().Doing((result, cancellation) =>
        {
            using RunGenerator generator = new(result.GetValue(ResultSettings.Network), RuntimeSettings.Read(result), Console.Out);
            generator.GenerateImages(result.GetRequiredValue(s_seeds), result.GetValue(s_psi), ResultSettings.MakeRunFolder(result), cancellation);
        });
}
