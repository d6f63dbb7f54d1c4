using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>convert</c> on the command line.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> s_input =
        new("in") { Description = "File of networks: of TensorFlow's StyleGAN, stylegan2-ada-pytorch or rosinality's stylegan2-pytorch" };
    private static readonly Argument<string> s_output =
        new("out") { Description = "New file: .pkl as TensorFlow's StyleGAN2 has them, .pt as rosinality's, or .npz, the variables alone" };

    internal static Command Define() =>
        new Command("convert", "Write networks as files of other programs, or as arrays") { s_input, s_output, OverwriteOption.Flag }
            .WithExample("Make a TensorFlow pickle of a PyTorch network", "stylegan2-encoder convert stylegan3.pkl tensorflow.pkl")
            .WithExample("Take the variables out as arrays", "stylegan2-encoder convert ffhq.pkl ffhq.npz")
            .Doing((result, _) =>
        {
            string output = OverwriteOption.CheckNewFile(result, result.GetRequiredValue(s_output));
            NetworkConversion.Convert(result.GetRequiredValue(s_input), output);
            Console.WriteLine($"Wrote {output}");
        });
}
