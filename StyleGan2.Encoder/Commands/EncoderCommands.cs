using System.CommandLine;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Commands;

/// <summary>The commands of <c>stylegan2-encoder</c>.</summary>
internal static class EncoderCommands
{
    /// <summary>The program's name.</summary>
    internal const string Program = "stylegan2-encoder";

    /// <summary>Defines them.</summary>
    internal static RootCommand Define() => CommandRunner.Root(
        Program,
        "Finds the latent codes of photographs in StyleGAN2 networks.",
        ProjectImagesCommand.Define(),
        ProjectGeneratedImagesCommand.Define(),
        ProjectRealImagesCommand.Define(),
        GenerateImagesCommand.Define(),
        StyleMixingExampleCommand.Define(),
        CompareCommand.Define(),
        EvaluateCommand.Define(),
        InfoCommand.Define(),
        ExportOnnxCommand.Define(),
        ConvertCommand.Define(),
        ReportCommand.Define());
}
