return await DatasetTool.Commands.CommandLine.RunAsync(args);
