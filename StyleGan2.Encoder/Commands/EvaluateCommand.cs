using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>evaluate</c> on the command line.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> s_input =
        new("--input")
        {
            Description = "File with latents, labels, dlatents or images (.npz), or with dlatents alone (.npy)",
            Required = true,
            HelpName = "IN.npz",
        };

    private static readonly Option<string> s_output =
        new("--output")
        {
            Description = "New file with dlatents, images or scores (.npz), or of the images side by side (.png)",
            Required = true,
            HelpName = "OUT.npz",
        };

    private static readonly Option<string?> s_noise = new("--noise")
    {
        Description = "Noise maps for the images, as project_images --save-noise writes them (default: the network's own)",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_labels =
        new("--labels") { Description = "The input must have labels (without: where it has none, zeros are taken)" };
    private static readonly Option<int> s_minibatchSize = NumberOption.Of("--minibatch-size", "Samples in one run", 16, least: 1);

    internal static Command Define() =>
        new Command("evaluate", "Run a network on arrays")
        {
            NetworkPartSettings.Network, s_input, s_output, s_labels, s_noise, s_minibatchSize, OverwriteOption.Flag,
        }
            .WithExample("Make images of latents", "stylegan2-encoder evaluate ffhq.pkl --input latents.npz --output images.npz")
            .WithExample(
                "Make the picture of a projection's dlatents", "stylegan2-encoder evaluate ffhq.pkl --input results/a.npy --output a.png")
            .WithNetworkPart().Doing((result, _) =>
        {
            string output = OverwriteOption.CheckNewFile(result, result.GetRequiredValue(s_output));
            (string name, IReadOnlyList<long> shape) = NetworkEvaluation.Run(
                NetworkPartSettings.Read(result, result.GetValue(NetworkPartSettings.Network)),
                result.GetRequiredValue(s_input),
                output,
                result.GetValue(s_labels),
                result.GetValue(s_minibatchSize),
                RuntimeSettings.Read(result),
                result.GetValue(s_noise));
            Console.WriteLine($"Wrote {output}: {name} [{string.Join(", ", shape)}]");
        });
}
