using Imaging;
using Imaging.Decoding;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>project-generated-images and project-real-images as their user runs them.</summary>
public sealed class RunProjectorCommandTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";

    private static readonly string s_network = Golden.Path("projector", "r32", "network.pkl");
    private static readonly string s_datasets = Golden.Path("dataset", "rgb_png_32");

    private readonly TemporaryFolder _folder = new();

    private string Results => Path.Combine(_folder.Path, "results");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generated_images_are_projected_with_pictures_on_the_way()
    {
        ToolResult result = await Run(
            "project-generated-images", "--network", s_network, "--seeds=0,7", "--num-steps=7", "--num-snapshots=2", "--vgg16-pkl",
            Golden.Path("lpips", "lpips.pkl"));
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains("Projecting seed 7 (1/2) ...", result.Output, StringComparison.Ordinal);
        string[] expected =
        [
            "seed0000-step0004.png", "seed0000-step0007.png", "seed0000-target.png", "seed0007-step0004.png", "seed0007-step0007.png",
            "seed0007-target.png",
        ];
        Assert.Equal(expected, NamesIn("00000-project-generated-images"));
    }

    [Theory]
    [InlineData("project-generated-images", "--seeds=3,1,2")]
    [InlineData("project-real-images", "--dataset=tfrecords")]
    public async Task Images_projected_at_the_same_time_are_those_of_one_after_the_other(string command, string images)
    {
        string[] data = command == "project-real-images" ? ["--data-dir", s_datasets] : [];
        foreach (string jobs in (string[])["1", "3"])
        {
            ToolResult result = await Run(
                command, ["--network", s_network, images, .. data, "--num-steps=6", "--num-snapshots=2", "--jobs", jobs]);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        }

        string[] names = NamesIn($"00000-{command}");
        Assert.Equal(9, names.Length);
        Assert.Equal(names, NamesIn($"00001-{command}"));
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(Results, $"00000-{command}", name)),
            File.ReadAllBytes(Path.Combine(Results, $"00001-{command}", name))));
    }

    [Fact]
    public async Task The_target_of_a_seed_is_the_image_that_generate_images_makes_of_it()
    {
        await Run("generate-images", "--network", s_network, "--seeds=5", "--truncation-psi=1");
        await Run("project-generated-images", "--network", s_network, "--seeds=5", "--num-steps=1", "--num-snapshots=0");
        using Picture generated = ImageDecoder.Decode(Path.Combine(Results, "00000-generate-images", "seed0005.png"));
        using Picture target = ImageDecoder.Decode(Path.Combine(Results, "00001-project-generated-images", "seed0005-target.png"));

        // One rounds, the other cuts fractions off after adding a half, and the ranges' scales differ by a 255th.
        Assert.All(
            generated.Pixels.ToArray().Zip(target.Pixels.ToArray()),
            levels => Assert.InRange(Math.Abs(levels.First - levels.Second), 0, 1));
    }

    [Fact]
    public async Task The_first_images_of_a_dataset_are_projected()
    {
        ToolResult result = await Run(
            "project-real-images", "--network", s_network, "--data-dir", s_datasets, "--dataset=tfrecords", "--num-images=2",
            "--num-steps=2", "--num-snapshots=1");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] expected = ["image0000-step0002.png", "image0000-target.png", "image0001-step0002.png", "image0001-target.png"];
        Assert.Equal(expected, NamesIn("00000-project-real-images"));
        Assert.Contains(
            $"Wrote 4 images to {Path.Combine(Results, "00000-project-real-images")}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_continued_with_the_bits_of_a_whole_run()
    {
        string[] flags =
        [
            "--network", s_network, "--data-dir", s_datasets, "--dataset=tfrecords",
            "--num-images=3", "--num-steps=400", "--num-snapshots=2",
        ];
        string folder = Path.Combine(Results, "00000-project-real-images"), whole = Path.Combine(Results, "00001-project-real-images");
        string[] arguments = ["project-real-images", "--result-dir", Results, "--jobs=1", .. flags];
        ToolResult stopped = await RunStopping.AtLine("Projecting image 1/3 ", Program, arguments);
        Assert.Equal(143, stopped.ExitCode);
        Assert.Contains("image0000-step0400.png", NamesIn("00000-project-real-images"));
        Assert.DoesNotContain("image0001-step0400.png", NamesIn("00000-project-real-images"));

        ToolResult continued = await Run("project-real-images", flags);
        Assert.Contains($"Continuing the run that was stopped in {folder}\n", continued.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Projecting image 0/3 ...", continued.Output, StringComparison.Ordinal);
        Assert.Contains($"Wrote 6 images to {folder}\n", continued.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await Run("project-real-images", flags)).ExitCode);
        Assert.Equal(NamesIn("00001-project-real-images"), NamesIn("00000-project-real-images"));
        Assert.All(NamesIn("00001-project-real-images"), n =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, n)), File.ReadAllBytes(Path.Combine(folder, n))));
    }

    [Fact]
    public async Task More_images_than_the_dataset_has_are_one_line()
    {
        ToolResult result = await Run(
            "project-real-images", "--network", s_network, "--data-dir", s_datasets, "--dataset=tfrecords", "--num-images=1000",
            "--num-steps=1", "--num-snapshots=0");
        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("Projecting", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
        Assert.Matches(@"^Error: .*tfrecords: it has only \d+ images; ask for no more with --num-images$", result.ErrorLine);
    }

    [Fact]
    public async Task A_dataset_of_another_size_is_one_line()
    {
        ToolResult result = await Run(
            "project-real-images", "--network", Golden.Path("commands", "network.pkl"), "--data-dir", s_datasets, "--dataset=tfrecords");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("its images are [3, 32, 32], the network makes [3, 64, 64]", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_dataset_that_does_not_exist_is_one_line()
    {
        ToolResult result = await Run("project-real-images", "--network", s_network, "--data-dir", s_datasets, "--dataset=nothing");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nothing", result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("project-generated-images", "--num-steps=0", "--num-steps is 0; it must be a whole number, at least 1")]
    [InlineData("project-generated-images", "--num-snapshots=-1", "--num-snapshots is -1; it must be a whole number, at least 0")]
    [InlineData("project-real-images", "--dataset=x", "--data-dir")]
    public async Task Wrong_usage_is_refused_by_name(string command, string flag, string problem)
    {
        ToolResult result = await Run(command, flag);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 5, new[] { 200, 400, 600, 800, 1000 })]
    [InlineData(10, 3, new[] { 4, 7, 10 })]
    [InlineData(2, 5, new[] { 1, 2 })]
    [InlineData(7, 0, new int[0])]
    public void Snapshots_are_spread_as_the_references(int numSteps, int numSnapshots, int[] steps) =>
        Assert.Equal(steps, RunProjector.SnapshotSteps(numSteps, numSnapshots).Order());

    private Task<ToolResult> Run(string command, params string[] arguments) =>
        ToolProcess.Run(Program, [command, "--result-dir", Results, .. arguments]);

    private string[] NamesIn(string run) =>
        [.. Directory.GetFiles(Path.Combine(Results, run), "*.png").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
