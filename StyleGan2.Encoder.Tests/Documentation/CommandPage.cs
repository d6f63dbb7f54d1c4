using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Tests.Documentation;

/// <summary>The page of docs/commands about a command, made from its definition.</summary>
internal static class CommandPage
{
    /// <summary>The page in Markdown.</summary>
    /// <param name="program">The program's name.</param>
    /// <param name="command">The command.</param>
    /// <param name="root">The program's commands.</param>
    internal static string Of(string program, Command command, RootCommand root)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"# {program} {command.Name}\n\n{Sentence(command.Description)}\n\n");
        string arguments = string.Concat(command.Arguments.Select(a => $" {Usage(a)}"));
        page.Append(CultureInfo.InvariantCulture, $"```\n{program} {command.Name}{arguments} [options]\n```\n");
        AppendTable(page, "argument", command.Arguments.Where(a => !a.Hidden).Select(a => (Usage(a), Sentence(a.Description))));
        AppendTable(
            page, "option", command.Options.Concat(root.Options.Where(o => o.Recursive && o is not HelpOption))
                .Where(o => !o.Hidden).Select(o => (Usage(o), Described(o))));
        foreach ((string what, string line) in Examples.Of(command))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{what}:\n\n```\n{line}\n```\n");
        }

        return page.Append("\n[Exit codes](../README.md#exit-codes)\n").ToString();
    }

    private static void AppendTable(StringBuilder page, string title, IEnumerable<(string Usage, string Description)> rows)
    {
        string[] lines = [.. rows.Select(r => $"| `{Cell(r.Usage)}` | {Cell(r.Description)} |\n")];
        if (lines.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n| {title} | |\n| --- | --- |\n{string.Concat(lines)}");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private static string Usage(Argument argument)
    {
        bool isOptional = argument.Arity.MinimumNumberOfValues == 0, hasOwn = argument.Name.Contains(' ', StringComparison.Ordinal);
        string name = hasOwn ? argument.Name : $"<{argument.Name}>";
        return isOptional ? $"[{name}]" : name;
    }

    private static string Usage(Option option)
    {
        string names = string.Join(", ", (string[])[option.Name, .. option.Aliases]);
        return IsFlag(option) ? names : $"{names} <{ValueOf(option)}>";
    }

    private static string ValueOf(Option option)
    {
        string[] choices = [.. option.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];
        return choices.Length > 0 ? string.Join('|', choices) : option.HelpName ?? option.Name.TrimStart('-');
    }

    private static string Described(Option option)
    {
        string? missing = !option.HasDefaultValue || IsFlag(option) ? null
            : option.GetDefaultValue() is IFormattable or string ? Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture)
            : null;
        string required = option.Required ? " Required." : "";
        return Sentence(option.Description) + required + (missing is null ? "" : $" Default: `{missing}`.");
    }

    private static bool IsFlag(Option option) => option.ValueType == typeof(bool);

    private static string Sentence(string? text) => string.IsNullOrEmpty(text) ? "" : $"{text.TrimEnd('.')}.";
}
