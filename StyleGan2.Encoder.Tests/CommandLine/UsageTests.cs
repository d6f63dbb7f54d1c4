using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.CommandLine;

/// <summary>The command line as such: spellings, suggestions, wrong usage.</summary>
public sealed class UsageTests
{
    private const string Encoder = "StyleGan2.Encoder";
    private const string Tool = "dataset_tool";

    [Theory]
    [InlineData(Tool, "creat_mnist a b", "dataset_tool has no command creat_mnist; did you mean create_mnist?")]
    [InlineData(
        Tool, "create_from-images a b --shuffle 1", "dataset_tool has no command create_from-images; did you mean create_from_images?")]
    [InlineData(Tool, "create_mnist a b --worker 5", "dataset_tool create_mnist has no option --worker; did you mean --workers?")]
    [InlineData(Tool, "create_mnist --worker=5", "dataset_tool create_mnist has no option --worker; did you mean --workers?")]
    [InlineData(Tool, "verify --verbos", "dataset_tool verify has no option --verbos; did you mean --verbose?")]
    [InlineData(Encoder, "projectimages a b", "stylegan2-encoder has no command projectimages; did you mean project_images?")]
    [InlineData(
        Encoder, "project_images a b --num-step 5", "stylegan2-encoder project_images has no option --num-step; did you mean --num-steps?")]
    [InlineData(Encoder, "fly", "stylegan2-encoder has no command fly; see \"stylegan2-encoder --help\"")]
    [InlineData(
        Encoder, "convert a b c d",
        "stylegan2-encoder convert takes no further argument, but there is c; see \"stylegan2-encoder convert --help\"")]
    [InlineData(
        Encoder, "project_images a",
        "Required argument 'dst_dir' missing for command: 'project_images'; see \"stylegan2-encoder project_images --help\"")]
    [InlineData(Encoder, "generate-images --seeds 1 --device gpu", "--device: Argument 'gpu' not recognized. Must be one of: 'cpu' 'cuda'")]
    [InlineData(
        Encoder, "generate-images --seeds 1 --truncation-psi abc",
        "--truncation-psi is abc; it must be a finite number; see \"stylegan2-encoder generate-images --help\"")]
    [InlineData(
        Encoder, "generate-images --seeds 1 --truncation-psi nan",
        "--truncation-psi is nan; it must be a finite number; see \"stylegan2-encoder generate-images --help\"")]
    [InlineData(
        Encoder, "project_images a b --initial-learning-rate Infinity",
        "--initial-learning-rate is Infinity; it must be a finite number, at least 0")]
    [InlineData(Encoder, "project_images a b --num-steps 1.5", "--num-steps is 1.5; it must be a whole number, at least 1")]
    [InlineData(Encoder, "project_images a b --threads 100000", "--threads is 100000; it must be a whole number from 0 to ")]
    [InlineData(Tool, "create_lsun_wide a b --width 256", "--height is 384; it must be at most --width, 256")]
    [InlineData(Tool, "create_from_images a b --resize 2x", "--resize is 2x; it must be a power of two, at least 4")]
    public async Task Wrong_usage_is_one_line_with_the_first_mistake(string program, string arguments, string line)
    {
        ToolResult result = await ToolProcess.Run(program, arguments.Split(' '));
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"Error: {line}", result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tool, "create-from-images", "create_from_images")]
    [InlineData(Encoder, "project-images", "project_images")]
    [InlineData(Encoder, "generate_images", "generate-images")]
    public async Task A_command_can_be_spelled_either_way(string program, string spelling, string name)
    {
        ToolResult one = await ToolProcess.Run(program, spelling, "--help"), other = await ToolProcess.Run(program, name, "--help");
        Assert.Equal((0, one.Output), (other.ExitCode, other.Output));
        Assert.Contains($"{name} ", one.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tool, "create_from_images", "create-from-images")]
    [InlineData(Encoder, "project_images", "project-images")]
    public async Task Help_lists_both_spellings(string program, string one, string other)
    {
        ToolResult result = await ToolProcess.Run(program, "--help");
        Assert.Contains($"{other}, {one} <", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tool, "create_from_images")]
    [InlineData(Encoder, "project_images")]
    public async Task Help_ends_with_examples(string program, string command)
    {
        ToolResult result = await ToolProcess.Run(program, command, "--help");
        Assert.Matches($"\nExamples:\n  .*:\n    .* {command} ", result.Output);
    }

    [Theory]
    [InlineData(Tool)]
    [InlineData(Encoder)]
    public async Task The_programs_help_lists_the_exit_codes(string program)
    {
        ToolResult result = await ToolProcess.Run(program, "--help");
        Assert.Contains("\nExit codes:\n  0    done\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tool)]
    [InlineData(Encoder)]
    public async Task The_version_is_that_of_the_package(string program)
    {
        ToolResult result = await ToolProcess.Run(program, "--version");
        Assert.Matches(@"^\d+\.\d+\.\d+(\+\w+)?\n$", result.Output);
    }

    [Theory]
    [InlineData(Tool, "create_mnistrgb a b --num-images 0", "--num_images is 0")]
    [InlineData(Encoder, "project_images a b --num_steps 0", "--num-steps is 0")]
    public async Task An_option_can_be_spelled_either_way(string program, string arguments, string problem)
    {
        ToolResult result = await ToolProcess.Run(program, arguments.Split(' '));
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
    }
}
