using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>project_images that begins with given dlatents.</summary>
public sealed class StartFromTests : IDisposable
{
    private readonly ProjectImagesFolders _folders = new();

    private string Given => Path.Combine(_folders.Root, "given.npz");

    public StartFromTests() => _folders.AddPicture("b.png", "b.png");

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("dlatents")]
    [InlineData("w")]
    [InlineData("ws")]
    public async Task Where_nothing_is_learnt_the_result_is_what_was_given(string name)
    {
        NDArray given = await SomeDlatents();
        NpzArchive.Save(Given, [(name, name == "w" ? given : given.reshape(new Shape([1, .. given.shape])))]);
        Assert.Equal(0, (await Run("--start-from", Given)).ExitCode);
        Assert.Equal(given.Values<float>(), Found().Values<float>());
    }

    [Fact]
    public async Task Results_that_began_elsewhere_are_those_of_other_settings()
    {
        NpzArchive.Save(Given, [("w", await SomeDlatents())]);
        Assert.Equal(0, (await _folders.Run("--num-steps", "1", "--initial-learning-rate", "0")).ExitCode);
        ToolResult result = await _folders.Run("--num-steps", "1", "--initial-learning-rate", "0", "--start-from", Given);
        Assert.Contains("results made with other settings (another start_from)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dlatents_of_another_network_are_one_line()
    {
        NpzArchive.Save(Given, [("w", new float[6].ToNDArray(2, 3))]);
        ToolResult result = await Run("--start-from", Given);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {Given}: its dlatents have shape [2, 3]; ", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_dlatents_are_one_line()
    {
        NDArray some = await SomeDlatents();
        NpzArchive.Save(Given, [("w", np.stack([some, some], 0))]);
        ToolResult result = await Run("--start-from", Given);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"Error: {Given}: it has 2 dlatents; all pictures begin with the same, give one", result.ErrorLine);
    }

    private Task<ToolResult> Run(params string[] flags) =>
        _folders.Run([.. flags, "--num-steps", "1", "--initial-learning-rate", "0", "--overwrite"]);

    private async Task<NDArray> SomeDlatents()
    {
        Assert.Equal(0, (await _folders.Run("--num-steps", "1", "--initial-learning-rate", "0", "--no-report")).ExitCode);
        NDArray mean = Found();
        foreach (string name in _folders.Results)
        {
            File.Delete(Path.Combine(_folders.Target, name));
        }

        return mean.Values<float>().Select((v, i) => v + (i % 7)).ToArray().ToNDArray(mean.shape);
    }

    private NDArray Found() => np.load_npy(Path.Combine(_folders.Target, "b.npy"));
}
