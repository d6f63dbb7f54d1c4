using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Results of projections made pictures again by generate-images and evaluate.</summary>
public sealed class ReusedResultTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";

    private static readonly string s_network = Golden.Path("commands", "network.pkl");

    private readonly ProjectImagesFolders _folders = new();

    private string Results => Path.Combine(_folders.Root, "results");

    private string Dlatents => Path.Combine(_folders.Target, "a.npy");

    private string Noise => Path.Combine(_folders.Target, "a.noise.npz");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task With_its_noise_maps_the_very_picture_of_a_projection_comes_back()
    {
        await Project("--save-noise");
        Assert.Equal(["a.json", "a.noise.npz", "a.npy", "a.png"], _folders.Results);
        byte[] picture = _folders.Result("a.png");

        ToolResult result = await Generate("--dlatents", Dlatents, "--noise", Noise);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(picture, File.ReadAllBytes(Path.Combine(Results, "00000-generate-images", "a.png")));

        string evaluated = Path.Combine(_folders.Root, "evaluated.png");
        result = await ToolProcess.Run(Program, "evaluate", s_network, "--input", Dlatents, "--noise", Noise, "--output", evaluated);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(picture, File.ReadAllBytes(evaluated));

        await Generate("--dlatents", Dlatents);
        Assert.NotEqual(picture, File.ReadAllBytes(Path.Combine(Results, "00001-generate-images", "a.png")));
    }

    [Theory]
    [InlineData("dlatents")]
    [InlineData("w")]
    [InlineData("ws")]
    public async Task Several_dlatents_of_a_file_are_a_picture_each(string name)
    {
        NDArray one = new RandomState(5).Randn(1, 10, 16).astype(typeof(float)), two = new RandomState(6).Randn(1, 10, 16);
        string both = Path.Combine(_folders.Root, "both.npz"), single = Path.Combine(_folders.Root, "single.npy");
        NpzArchive.Save(both, [(name, np.concatenate([one.astype(typeof(double)), two.astype(typeof(double))], 0)), ("other", one)]);
        File.WriteAllBytes(single, np.save(one[0].Contiguous()));
        ToolResult result = await Generate("--dlatents", both, single);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string run = Path.Combine(Results, "00000-generate-images");
        Assert.Equal(["both-0000.png", "both-0001.png", "run.json", "single.png"], ProjectImagesFolders.NamesIn(run));
        byte[][] pictures =
            [.. new[] { "both-0000.png", "both-0001.png", "single.png" }.Select(f => File.ReadAllBytes(Path.Combine(run, f)))];
        Assert.Equal(pictures[0], pictures[2]);
        Assert.NotEqual(pictures[0], pictures[1]);

        string images = Path.Combine(_folders.Root, "images.npz");
        result = await ToolProcess.Run(Program, "evaluate", s_network, "--input", both, "--output", images);
        Assert.Equal($"Wrote {images}: images [2, 3, 64, 64]\n", result.Output);
    }

    [Fact]
    public async Task Noise_maps_asked_for_later_are_made_and_other_results_are_kept()
    {
        await Project();
        byte[] picture = _folders.Result("a.png");
        await Project("--save-noise", "--initial-noise-factor", "0.1");
        Assert.Equal(["a.json", "a.npy", "a.png"], _folders.Results);
        Assert.Equal(picture, _folders.Result("a.png"));

        await Project("--save-noise");
        Assert.Equal(["a.json", "a.noise.npz", "a.npy", "a.png"], _folders.Results);
        Assert.Equal(picture, _folders.Result("a.png"));

        await Project("--overwrite", "--initial-noise-factor", "0.1");
        Assert.Equal(["a.json", "a.npy", "a.png"], _folders.Results);
    }

    [Fact]
    public async Task Noise_maps_that_someone_changed_are_kept()
    {
        await Project("--save-noise");
        NpzArchive.Save(Noise, [("mine", new float[] { 1 }.ToNDArray(1))]);
        byte[] changed = File.ReadAllBytes(Noise);
        ToolResult result = await _folders.Run("--num-steps", "3", "--save-noise", "--overwrite");
        Assert.Contains("a.noise.npz, which was changed after this program wrote it", result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(changed, File.ReadAllBytes(Noise));
    }

    [Theory]
    [InlineData("--dlatents a.npy", "a.npy: its dlatents have shape [3, 4]; the network takes [10, 16] or [n, 10, 16]")]
    [InlineData("--dlatents none.npz", "none.npz: it has no array dlatents, w or ws; it has images")]
    [InlineData("--dlatents good.npy --noise none.npz", "none.npz: it has 1 noise maps, the network 9")]
    [InlineData("--dlatents good.npy --noise maps.npz", "maps.npz: noise0 has shape [1]; the network's is [1, 1, 4, 4]")]
    [InlineData("--dlatents good.npy folder/good.npy", "another file has this name")]
    [InlineData("--dlatents nowhere.npy", "nowhere.npy")]
    public async Task Files_that_do_not_fit_are_named(string flags, string problem)
    {
        Directory.CreateDirectory(Path.Combine(_folders.Root, "folder"));
        NDArray good = np.zeros(new Shape(10, 16), typeof(float)), wrong = np.zeros(new Shape(3, 4), typeof(float));
        File.WriteAllBytes(Path.Combine(_folders.Root, "a.npy"), np.save(wrong));
        File.WriteAllBytes(Path.Combine(_folders.Root, "good.npy"), np.save(good));
        File.WriteAllBytes(Path.Combine(_folders.Root, "folder", "good.npy"), np.save(good));
        NpzArchive.Save(Path.Combine(_folders.Root, "none.npz"), [("images", wrong)]);
        (string, NDArray)[] maps = [.. Enumerable.Range(0, 9).Select(i => ($"noise{i}", np.zeros(new Shape(1), typeof(float))))];
        NpzArchive.Save(Path.Combine(_folders.Root, "maps.npz"), maps);
        string[] words = [.. flags.Split(' ').Select(w => w[0] == '-' ? w : Path.Combine(_folders.Root, w))];
        ToolResult result = await Generate(words);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "give either --seeds or --dlatents")]
    [InlineData("--seeds 1 --dlatents a.npy", "give either --seeds or --dlatents")]
    [InlineData("--dlatents a.npy --truncation-psi 1", "--truncation-psi belongs to seeds")]
    [InlineData("--dlatents a.npy --class 1", "--class belongs to seeds")]
    [InlineData("--seeds 1 --noise a.npz", "--noise belongs to --dlatents")]
    [InlineData("--dlatents a.npy b.npy c.npy --noise a.npz b.npz", "--noise has 2 files for 3 of --dlatents")]
    public async Task Flags_that_contradict_each_other_are_wrong_usage(string flags, string problem)
    {
        ToolResult result = await Generate(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
    }

    private async Task Project(params string[] flags)
    {
        if (!Directory.Exists(_folders.Source))
        {
            _folders.AddPicture("b.png", "a.png");
        }

        ToolResult result = await _folders.Run(["--num-steps", "3", .. flags]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
    }

    private Task<ToolResult> Generate(params string[] arguments) =>
        ToolProcess.Run(Program, ["generate-images", "--result-dir", Results, "--network", s_network, .. arguments]);
}
