using DatasetTool.CommandLine;
using StyleGan2.Encoder.Commands;

return CommandRunner.Run(EncoderCommands.Define(), EncoderCommands.Program, args);
