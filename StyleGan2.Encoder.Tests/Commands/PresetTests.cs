using System.Text.Json.Nodes;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>The presets of the commands that project.</summary>
public sealed class PresetTests : IDisposable
{
    private readonly ProjectImagesFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_preset_sets_what_no_flag_sets()
    {
        _folders.AddPicture("b.png", "b.png");
        ToolResult result = await _folders.Run("--preset", "fast", "--num-steps", "2", "--initial-noise-factor", "0.07");
        Assert.Equal(0, result.ExitCode);
        JsonNode settings = JsonNode.Parse(_folders.Result("b.json"))!["settings"]!;
        ProjectorOptions fast = ProjectionPreset.Of("fast");
        Assert.Equal(2, (int)settings["num_steps"]!);
        Assert.Equal(0.07, (double)settings["initial_noise_factor"]!);
        Assert.Equal(fast.InitialLearningRate, (double)settings["initial_learning_rate"]!);
        Assert.Equal(fast.AdamBeta1, (double)settings["adam_beta1"]!);
        Assert.Equal(fast.AdamBeta2, (double)settings["adam_beta2"]!);
    }

    [Fact]
    public async Task A_flag_wins_where_it_gives_the_references_default()
    {
        _folders.AddPicture("b.png", "b.png");
        ToolResult result = await _folders.Run("--preset", "fast", "--num-steps", "2", "--initial-learning-rate", "0.1");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0.1, (double)JsonNode.Parse(_folders.Result("b.json"))!["settings"]!["initial_learning_rate"]!);
    }

    [Theory]
    [InlineData("project_images", "src", "dst")]
    [InlineData("project-generated-images")]
    public async Task An_unknown_preset_is_wrong_usage(params string[] command)
    {
        ToolResult result = await ToolProcess.Run(ProjectImagesFolders.Program, [.. command, "--preset", "slow"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'slow'", result.Error, StringComparison.Ordinal);
    }
}
