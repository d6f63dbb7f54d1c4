using System.CommandLine;
using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Tests.CommandLine;

/// <summary>Errors of every kind on one line.</summary>
public sealed class ErrorReportTests
{
    public static TheoryData<Exception, int, string> Errors { get; } = new()
    {
        { new InvalidDataException("a.pkl: cut off"), 1, "Error: a.pkl: cut off" },
        { new IOException("two\nlines"), 1, "Error: two lines" },
        { new ArgumentException("out.pth: must end in .pkl", "output"), 1, "Error: out.pth: must end in .pkl" },
        { new AggregateException(new InvalidDataException("a.pkl: cut off")), 1, "Error: a.pkl: cut off" },
        { new InsufficientMemoryException("a.png: 40 GB"), 1, "Error: info: out of memory: a.png: 40 GB" },
        { Record.Exception(() => _ = new byte[int.MaxValue])!, 1,
            "Error: info: out of memory while working on in.npy; close other programs, or give less at once" },
        { new InvalidOperationException("no"), 70,
            "Error: internal error in info (InvalidOperationException: no); please report it with the output of --verbose" },
        {
            new TypeInitializationException("Sk", new DllNotFoundException("libSk")), 70,
            "Error: internal error in info (DllNotFoundException: libSk); please report it with the output of --verbose"
        },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_is_one_line_and_an_exit_code(Exception error, int exitCode, string line)
    {
        using StringWriter output = new();
        int reported = ErrorReport.Write(error, "info", isVerbose: false, ["in.npy"], output);
        Assert.Equal((exitCode, line), (reported, output.ToString().TrimEnd()));
    }

    [Fact]
    public void On_request_it_is_shown_where_an_error_came_from()
    {
        using StringWriter output = new();
        ErrorReport.Write(new InvalidDataException("a.pkl: cut off"), "info", isVerbose: true, output: output);
        Assert.Equal(
            ["Error: a.pkl: cut off", "System.IO.InvalidDataException: a.pkl: cut off"],
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_command_ends_with_the_code_of_its_error()
    {
        Command command = new Command("work").Doing((_, _) => throw new InvalidOperationException("a mistake"));
        Assert.Equal(70, command.Parse([]).Invoke());
    }
}
