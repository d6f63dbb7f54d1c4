using System.CommandLine;
using DatasetTool.Commands;

RootCommand root = new("Tool for creating multi-resolution TFRecords datasets for StyleGAN and ProGAN.")
{
    ExtractCommand.Define(),
    CompareCommand.Define(),
    CreateFromImagesCommand.Define(),
};
return await CommandRunner.RunAsync(root, "dataset_tool", args);
