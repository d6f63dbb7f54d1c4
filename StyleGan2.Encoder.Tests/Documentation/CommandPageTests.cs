using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using DatasetTool.CommandLine;
using DatasetTool.Commands;
using StyleGan2.Encoder.Commands;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Documentation;

/// <summary>docs/commands: a page for each command of both programs.</summary>
public sealed class CommandPageTests
{
    private static readonly (string Name, RootCommand Root)[] s_programs =
    [
        (EncoderCommands.Program, EncoderCommands.Define()), (DatasetToolCommands.Program, DatasetToolCommands.Define()),
    ];

    public static TheoryData<string> ExampleLines =>
        [.. s_programs.SelectMany(p => p.Root.Subcommands).Where(c => c.Name != "completion").SelectMany(Examples.Of).Select(e => e.Line)];

    [Fact]
    public void The_pages_are_those_of_the_commands_as_defined()
    {
        Dictionary<string, string> pages = s_programs
            .SelectMany(p => p.Root.Subcommands.Where(c => !c.Hidden).Select(c => (Program: p, Command: c)))
            .ToDictionary(c => $"{c.Program.Name}/{c.Command.Name}.md", c => CommandPage.Of(c.Program.Name, c.Command, c.Program.Root));
        pages.Add("README.md", Index());
        CheckedInText.AssertFolder(Repository.File("docs", "commands"), "*.md", pages);
    }

    [Fact]
    public void Every_command_has_an_example() =>
        Assert.Empty(s_programs.SelectMany(p => p.Root.Subcommands).Where(c => Examples.Of(c).Count == 0).Select(c => c.Name));

    [Theory]
    [MemberData(nameof(ExampleLines))]
    public void An_example_is_a_command_line_without_a_mistake(string line)
    {
        string[] words = line.Split(' ');
        ParseResult result = s_programs.Single(p => p.Name == words[0]).Root.Parse(words[1..]);
        Assert.Empty(result.Errors);
        Assert.Equal(words[1], result.CommandResult.Command.Name);
        Assert.DoesNotContain(result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens), t => t.Value[0] == '-');
    }

    private static string Index()
    {
        StringBuilder page = new("# Commands\n\nThese pages are made from the commands' definitions; `--help` says the same.\n");
        foreach ((string name, RootCommand root) in s_programs)
        {
            page.Append($"\n## {name}\n\n{root.Description}\n\n| command | |\n| --- | --- |\n");
            foreach (Command command in root.Subcommands.Where(c => !c.Hidden))
            {
                page.Append($"| [{command.Name}]({name}/{command.Name}.md) | {command.Description!.TrimEnd('.')} |\n");
            }
        }

        page.Append("\n## Exit codes\n\n| code | meaning |\n| --- | --- |\n");
        foreach ((int code, string meaning) in ExitCode.Meanings)
        {
            page.Append($"| {code} | {meaning} |\n");
        }

        return page.ToString();
    }
}
