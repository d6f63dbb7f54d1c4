using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;
using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Commands;

/// <summary><c>export-onnx</c> on the command line.</summary>
internal static class ExportOnnxCommand
{
    private static readonly Argument<string> s_output = new("out") { Description = "New ONNX file" };

    internal static Command Define() =>
        new Command("export-onnx", "Save a network as an ONNX model") { s_output }.WithNetworkPart().Doing((result, _) =>
        {
            string file = result.GetRequiredValue(s_output);
            (IReadOnlyList<(string Name, TensorShape Shape)> inputs, (string Name, TensorShape Shape) output) =
                NetworkExport.Run(NetworkPartSettings.Read(result), file, RuntimeSettings.Read(result));
            Console.WriteLine($"Wrote {file}: {string.Join(", ", inputs.Select(i => $"{i.Name} {i.Shape}"))} -> {output.Name} {output.Shape}");
        });
}
