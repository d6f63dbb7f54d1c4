using DatasetTool.CommandLine;
using DatasetTool.Commands;

return CommandRunner.Run(DatasetToolCommands.Define(), DatasetToolCommands.Program, args);
