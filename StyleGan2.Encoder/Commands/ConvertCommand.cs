using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>convert</c> on the command line.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> s_input =
        new("in") { Description = "Network pickle, of TensorFlow's StyleGAN or of stylegan2-ada-pytorch" };
    private static readonly Argument<string> s_output =
        new("out") { Description = "New file: .pkl, a pickle as TensorFlow's StyleGAN2 writes it, or .npz, the variables alone" };

    internal static Command Define() =>
        new Command("convert", "Write networks as TensorFlow's pickles or as arrays") { s_input, s_output, OverwriteOption.Flag }
            .Doing((result, _) =>
        {
            string output = OverwriteOption.CheckNewFile(result, result.GetRequiredValue(s_output));
            NetworkConversion.Convert(result.GetRequiredValue(s_input), output);
            Console.WriteLine($"Wrote {output}");
        });
}
