using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.CommandLine;

/// <summary>Shell completion, asked of the program and through the scripts of the shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Encoder = "StyleGan2.Encoder";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 project_", "project_generated_images project_images project_real_images")]
    [InlineData("1 project-i", "project-images")]
    [InlineData("1 ex", "export-onnx")]
    [InlineData("2 project-images --vg", "--vgg16-pkl")]
    [InlineData("3 generate-images --device", "cpu cuda")]
    [InlineData("3 generate-images --device cu", "cuda")]
    [InlineData("5 evaluate --net D --component", "mapping synthesis")]
    [InlineData("2 info file-name", "")]
    public async Task A_word_becomes_a_command_an_option_or_its_value(string words, string expected)
    {
        ToolResult result = await ToolProcess.Run(Encoder, ["[complete]", .. words.Split(' ')]);
        Assert.Equal((0, expected), (result.ExitCode, string.Join(' ', Lines(result))));
    }

    [Fact]
    public Task Bash_completes() => AssertCompletes(
        "bash",
        """
        source <(FOLDER/stylegan2-encoder completion bash)
        COMP_WORDS=(FOLDER/stylegan2-encoder project_images --vg); COMP_CWORD=2
        $(complete -p stylegan2-encoder | sed 's/.*-F \([^ ]*\).*/\1/') FOLDER/stylegan2-encoder
        printf '%s\n' "${COMPREPLY[@]}"
        """);

    [Fact]
    public Task Zsh_completes() => AssertCompletes(
        "zsh",
        """
        compdef() { function_=$1; }
        compadd() { shift; print -l -- "$@"; }
        source <(FOLDER/stylegan2-encoder completion zsh)
        words=(FOLDER/stylegan2-encoder project_images --vg); CURRENT=3
        $function_
        """);

    [Fact]
    public Task Fish_completes() => AssertCompletes(
        "fish",
        """
        set PATH FOLDER $PATH
        stylegan2-encoder completion fish | source
        complete -C 'stylegan2-encoder project_images --vg'
        """);

    [Fact]
    public Task PowerShell_completes() => AssertCompletes(
        "pwsh",
        """
        $env:PATH = "FOLDER:$env:PATH"
        stylegan2-encoder completion powershell | Out-String | Invoke-Expression
        $line = 'stylegan2-encoder project_images --vg'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText
        """);

    /// <summary>Runs a shell's script in which FOLDER stands for the folder of a program <c>stylegan2-encoder</c>.</summary>
    private async Task AssertCompletes(string shell, string script)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, shell))),
            $"needs {shell}");
        string program = _folder.File("stylegan2-encoder");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{ToolProcess.File(Encoder)}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        ToolResult result = await ToolProcess.RunFile(shell, TimeSpan.FromMinutes(2), "-c", script.Replace("FOLDER", _folder.Path));
        Assert.Equal("", result.Error);
        Assert.Equal(["--vgg16-pkl"], Lines(result));
    }

    private static string[] Lines(ToolResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
