using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Networks;

namespace StyleGan2.Encoder.Commands;

/// <summary>Flags that give the label of a network with labels.</summary>
internal static class LabelSettings
{
    internal static Option<int?> Class { get; } = NumberOption.Optional<int>(
        "--class", "Class of a network with labels, from 0 (default: a label of zeros)", least: 0);

    internal static Option<string?> File { get; } = new("--label")
    {
        Description = "Label of a network with labels: .npy, or a JSON list of numbers", HelpName = "FILE",
    };

    internal static Command WithLabelSettings(this Command command)
    {
        command.Add(Class);
        command.Add(File);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Class) is not null && result.GetResult(File) is not null)
            {
                result.AddError("--class and --label both give a label; leave out one of them");
            }
        });
        return command;
    }

    internal static NetworkLabel Read(ParseResult result) => new() { Class = result.GetValue(Class), File = result.GetValue(File) };
}
