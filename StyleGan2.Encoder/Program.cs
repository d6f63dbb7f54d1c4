using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Commands;

RootCommand root = new("Finds the latent codes of photographs in StyleGAN2 networks.")
{
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
};
return CommandRunner.Run(root, "stylegan2-encoder", args);
