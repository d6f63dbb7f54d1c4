using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Generation;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>generate-images</c> on the command line: images of seeds, or of dlatents that are there already.</summary>
internal static class GenerateImagesCommand
{
    private static readonly Option<IReadOnlyList<uint>?> s_seeds = NumberList.Optional<uint>("--seeds", "List of random seeds");
    private static readonly Option<double> s_psi = NumberOption.Of("--truncation-psi", "Truncation psi", 0.5);

    private static readonly Option<string[]> s_dlatents = new("--dlatents")
    {
        Description = "Dlatents instead of seeds: .npy of [layers, size] or [n, layers, size], .npz with dlatents, w or ws",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> s_noise = new("--noise")
    {
        Description = "Noise maps for the dlatents, as project_images --save-noise writes them: a file for all, or one for each",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    internal static Command Define()
    {
        Command command = new("generate-images", "Generate images of seeds or of dlatents") { s_seeds, s_psi, s_dlatents, s_noise };
        command.Validators.Add(Validate);
        return command
            .WithExample(
                "Generate the images of a range of seeds",
                "stylegan2-encoder generate-images --network=ffhq.pkl --seeds=6600-6625 --truncation-psi=0.5")
            .WithExample(
                "Generate images with the bundled network, not truncated",
                "stylegan2-encoder generate-images --seeds=1,2,3 --truncation-psi=1")
            .WithExample(
                "Make the pictures of projections again, to the bit",
                "stylegan2-encoder generate-images --network=ffhq.pkl --dlatents results/*.npy --noise results/*.noise.npz")
            .WithLog().InRunFolder(Settings, Run);
    }

    private static void Validate(CommandResult result)
    {
        bool hasDlatents = result.GetResult(s_dlatents) is { Implicit: false };
        int noises = result.GetValue(s_noise)!.Length, files = result.GetValue(s_dlatents)!.Length;
        Option? ofSeeds = new Option[] { s_psi, LabelSettings.Class, LabelSettings.File }
            .FirstOrDefault(o => result.GetResult(o) is { Implicit: false });
        string? problem = hasDlatents == result.GetResult(s_seeds) is { Implicit: false } ? "give either --seeds or --dlatents"
            : hasDlatents && ofSeeds is not null ? $"{ofSeeds.Name} belongs to seeds; dlatents are taken as they are"
            : !hasDlatents && noises > 0 ? "--noise belongs to --dlatents; seeds give noise maps of their own"
            : noises > 1 && noises != files ? $"--noise has {noises} files for {files} of --dlatents; give one for all, or one for each"
            : null;
        if (problem is not null)
        {
            result.AddError(problem);
        }
    }

    private static JsonObject Settings(ParseResult result)
    {
        JsonObject settings = RecordedSettings.OfNetwork(
            result.GetValue(ResultSettings.Network), LabelSettings.Read(result), RuntimeSettings.Read(result));
        if (result.GetValue(s_seeds) is { } seeds)
        {
            settings["seeds"] = JsonSerializer.SerializeToNode(seeds);
            settings["truncation_psi"] = result.GetValue(s_psi);
        }
        else
        {
            settings["dlatents_sha256"] = HashesOf(result.GetRequiredValue(s_dlatents));
            settings["noise_sha256"] = HashesOf(result.GetRequiredValue(s_noise));
        }

        return settings;
    }

    private static JsonArray HashesOf(string[] files) => [.. files.Select(f => JsonValue.Create(FileRecord.Of(f).Sha256))];

    private static void Run(ParseResult result, RunFolder folder, IRunProgress progress, CancellationToken cancellation)
    {
        using RunGenerator generator = new(
            result.GetValue(ResultSettings.Network), RuntimeSettings.Read(result), progress, LabelSettings.Read(result));
        if (result.GetValue(s_seeds) is { } seeds)
        {
            generator.GenerateImages(seeds, result.GetValue(s_psi), folder, cancellation);
        }
        else
        {
            generator.GenerateImages(result.GetRequiredValue(s_dlatents), result.GetRequiredValue(s_noise), folder, cancellation);
        }
    }
}
