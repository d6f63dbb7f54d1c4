using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;
using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>export-onnx</c> on the command line.</summary>
internal static class ExportOnnxCommand
{
    private static readonly Argument<string[]> s_files = new("[network] out")
    {
        Description = "Network pickle filename (default: the bundled network) and new ONNX file",
        Arity = new ArgumentArity(1, 2),
    };

    internal static Command Define() =>
        new Command("export-onnx", "Save a network as an ONNX model") { s_files, OverwriteOption.Flag }
            .WithExample("Save the whole generator", "stylegan2-encoder export-onnx ffhq.pkl ffhq.onnx")
            .WithExample(
                "Save the synthesis network alone",
                "stylegan2-encoder export-onnx ffhq.pkl synthesis.onnx --component synthesis")
            .WithNetworkPart().Doing((result, _) =>
        {
            string[] files = result.GetRequiredValue(s_files);
            string file = OverwriteOption.CheckNewFile(result, files[^1]);
            (IReadOnlyList<(string Name, TensorShape Shape)> inputs, (string Name, TensorShape Shape) output) =
                NetworkExport.Run(
                    NetworkPartSettings.Read(result, files.Length == 1 ? null : files[0]), file, RuntimeSettings.Read(result));
            Console.WriteLine(
                $"Wrote {file}: {string.Join(", ", inputs.Select(i => $"{i.Name} {i.Shape}"))} -> {output.Name} {output.Shape}");
        });
}
