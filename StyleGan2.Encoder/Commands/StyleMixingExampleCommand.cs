using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Generation;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>style-mixing-example</c> on the command line.</summary>
internal static class StyleMixingExampleCommand
{
    private static readonly Option<IReadOnlyList<uint>> s_rowSeeds =
        NumberList.Option<uint>("--row-seeds", "Random seeds to use for image rows");

    private static readonly Option<IReadOnlyList<uint>> s_colSeeds =
        NumberList.Option<uint>("--col-seeds", "Random seeds to use for image columns");

    private static readonly Option<IReadOnlyList<int>> s_colStyles =
        NumberList.Option<int>("--col-styles", "Style layer range (default: 0-6)", [0, 1, 2, 3, 4, 5, 6]);

    private static readonly Option<double> s_psi = NumberOption.Of("--truncation-psi", "Truncation psi", 0.5);

    internal static Command Define() =>
        new Command("style-mixing-example", "Generate images whose layers have styles of two seeds")
        {
            s_rowSeeds, s_colSeeds, s_colStyles, s_psi,
        }
            .WithExample(
                "Mix the coarse styles of five seeds into three others",
                "stylegan2-encoder style-mixing-example --row-seeds=85,100,75 --col-seeds=55,821,1789,293,12 --col-styles=0-3")
            .WithLog().InRunFolder(Settings, Run);

    private static JsonObject Settings(ParseResult result)
    {
        JsonObject settings = RecordedSettings.OfNetwork(
            result.GetValue(ResultSettings.Network), LabelSettings.Read(result), RuntimeSettings.Read(result));
        settings["row_seeds"] = JsonSerializer.SerializeToNode(result.GetRequiredValue(s_rowSeeds));
        settings["col_seeds"] = JsonSerializer.SerializeToNode(result.GetRequiredValue(s_colSeeds));
        settings["col_styles"] = JsonSerializer.SerializeToNode(result.GetRequiredValue(s_colStyles));
        settings["truncation_psi"] = result.GetValue(s_psi);
        return settings;
    }

    private static void Run(ParseResult result, RunFolder folder, IRunProgress progress, CancellationToken cancellation)
    {
        using RunGenerator generator = new(
            result.GetValue(ResultSettings.Network), RuntimeSettings.Read(result), progress, LabelSettings.Read(result));
        generator.StyleMixingExample(
            result.GetRequiredValue(s_rowSeeds),
            result.GetRequiredValue(s_colSeeds),
            result.GetValue(s_psi),
            result.GetRequiredValue(s_colStyles),
            folder,
            cancellation);
    }
}
