using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Commands;

RootCommand root = new("Tool for creating multi-resolution TFRecords datasets for StyleGAN and ProGAN.")
{
    DisplayCommand.Define(),
    ExtractCommand.Define(),
    CompareCommand.Define(),
    KnownDatasetCommands.DefineMnist(),
    KnownDatasetCommands.DefineMnistRgb(),
    KnownDatasetCommands.DefineCifar10(),
    KnownDatasetCommands.DefineCifar100(),
    KnownDatasetCommands.DefineSvhn(),
    LsunCommands.DefineSquare(),
    LsunCommands.DefineWide(),
    KnownDatasetCommands.DefineCelebA(),
    CreateFromImagesCommand.Define(),
    CreateFromHdf5Command.Define(),
    CreateFromTFRecordsCommand.Define(),
    VerifyCommand.Define(),
    InfoCommand.Define(),
};
return CommandRunner.Run(root, "dataset_tool", args);
