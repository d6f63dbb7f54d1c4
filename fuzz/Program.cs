using System.Globalization;
using Fuzz.Inputs;
using Fuzz.Running;
using Fuzz.Targets;

const int UsageError = 2;
const int Found = 1;
const int DefaultEach = 12;

switch (args)
{
    case ["corpus", string folder, .. string[] options]:
        foreach (HostileInput input in Chosen(options))
        {
            input.Write(input.Folder(folder));
        }

        return 0;
    case ["commands", string folder, .. string[] options]:
        return CommandRuns.Run(Chosen(options), Path.GetFullPath(folder), Path.GetFullPath("findings")) ? 0 : Found;
    case [string target] when ReaderTargets.Names.Contains(target):
        ReaderTargets.Run(target);
        return 0;
    default:
        Console.Error.WriteLine("usage: Fuzz corpus|commands FOLDER [--each N] [--only KIND]");
        Console.Error.WriteLine($"       Fuzz {string.Join('|', ReaderTargets.Names)} < INPUT");
        return UsageError;
}

static IEnumerable<HostileInput> Chosen(string[] options)
{
    int each = Option(options, "--each") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : DefaultEach;
    string? only = Option(options, "--only");
    return HostileInputs.All(each).Where(i => only is null || i.Kind == only);
}

static string? Option(string[] options, string name) =>
    Array.IndexOf(options, name) is >= 0 and int at && at + 1 < options.Length ? options[at + 1] : null;
