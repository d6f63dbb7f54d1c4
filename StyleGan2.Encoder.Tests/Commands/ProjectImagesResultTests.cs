using System.Text.Json;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Tests.Infrastructure;
using static System.StringComparison;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>What project_images does with results that are there already, and with files that are not its own.</summary>
public sealed class ProjectImagesResultTests : IDisposable
{
    private readonly ProjectImagesFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("src")]
    [InlineData("src/")]
    [InlineData("dst/../src/.")]
    [InlineData("link")]
    [InlineData("around/src")]
    public async Task Pictures_and_results_in_one_folder_are_refused(string target)
    {
        string picture = _folders.AddPicture("b.png", "b.png");
        byte[] before = File.ReadAllBytes(picture);
        Directory.CreateDirectory(_folders.Target);
        Directory.CreateSymbolicLink(Path.Combine(_folders.Root, "link"), _folders.Source);
        Directory.CreateSymbolicLink(Path.Combine(_folders.Root, "around"), _folders.Root);
        string same = $"{_folders.Root}/{target}";
        ToolResult result = await ToolProcess.Run(
            ProjectImagesFolders.Program, _folders.Arguments(_folders.Source, same, "--num-steps", "1", "--overwrite"));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {same}: this is the folder of the pictures", result.ErrorLine, Ordinal);
        Assert.Equal(["b.png"], ProjectImagesFolders.NamesIn(_folders.Source));
        Assert.Equal(before, File.ReadAllBytes(picture));
    }

    [Theory]
    [InlineData("b.png")]
    [InlineData("b.npy")]
    [InlineData("b.json")]
    public async Task A_file_that_is_not_the_programs_is_never_replaced(string name)
    {
        string picture = _folders.AddPicture("b.png", "b.png");
        _folders.AddPicture("a.jpg", "c.jpg");
        Directory.CreateDirectory(_folders.Target);
        string foreign = Path.Combine(_folders.Target, name);
        File.WriteAllText(foreign, "{\"mine\": true}");
        ToolResult result = await _folders.Run("--num-steps", "1", "--overwrite");
        Assert.Equal(1, result.ExitCode);
        string expected = $"Error: {picture}: its results would replace {foreign}, which this program did not write; "
            + "move that, or give another folder for the results";
        Assert.Equal(expected, result.ErrorLine);
        Assert.Equal("{\"mine\": true}", File.ReadAllText(foreign));
        Assert.Equal([name, "c.json", "c.npy", "c.png"], _folders.Results);
    }

    [Fact]
    public async Task A_result_that_was_changed_since_is_never_replaced()
    {
        _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "1");
        string retouched = Path.Combine(_folders.Target, "b.png");
        File.Copy(Golden.Path("commands", "project_images", "src", "b.png"), retouched, overwrite: true);
        byte[] content = File.ReadAllBytes(retouched);
        ToolResult result = await _folders.Run("--num-steps", "1", "--overwrite");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            $"would replace {retouched}, which was changed after this program wrote it; move that",
            result.ErrorLine,
            Ordinal);
        Assert.Equal(content, File.ReadAllBytes(retouched));
    }

    [Theory]
    [InlineData("b.png", 0)]
    [InlineData("b.png", 100)]
    [InlineData("b.npy", 0)]
    [InlineData("b.npy", 200)]
    public async Task A_truncated_result_is_made_again(string name, int length)
    {
        _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "1");
        byte[] whole = _folders.Result(name);
        using (FileStream file = File.OpenWrite(Path.Combine(_folders.Target, name)))
        {
            file.SetLength(length);
        }

        await Succeed("--num-steps", "1");
        Assert.Equal(whole, _folders.Result(name));
    }

    [Fact]
    public async Task Finished_pictures_are_passed_over()
    {
        _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "1");
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_folders.Target, "b.png"));
        Assert.Contains(
            "1 of 1 pictures have results already and are passed over; --overwrite projects them again\n",
            await Succeed("--num-steps", "1"),
            Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_folders.Target, "b.png")));
    }

    [Theory]
    [InlineData("num_steps 1 instead of 2", "--num-steps", "2")]
    [InlineData("initial_noise_factor 0.05 instead of 0.1", "--num-steps", "1", "--initial-noise-factor", "0.1")]
    [InlineData("another lpips", "--num-steps", "1", "--vgg16-pkl", "lpips")]
    [InlineData("np_random_seed 1000 instead of 3", "--num-steps", "1", "--np-random-seed", "3")]
    [InlineData("another network", "--num-steps", "1", "--network-pkl", "other")]
    [InlineData("other op_seeds", "--num-steps", "1", "--op-seeds", "seeds")]
    public async Task Results_made_with_other_settings_are_kept_unless_overwrite_is_given(string difference, params string[] flags)
    {
        _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "1");
        byte[] first = _folders.Result("b.npy");
        flags = [.. flags.Select(Named)];
        string expected = $"1 of 1 pictures have results made with other settings ({difference}), which are kept; "
            + "--overwrite projects them again\n";
        Assert.Contains(expected, await Succeed(flags), Ordinal);
        Assert.Equal(first, _folders.Result("b.npy"));
        Assert.DoesNotContain("other settings", await Succeed([.. flags, "--overwrite"]), Ordinal);
        Assert.Contains("1 of 1 pictures have results already", await Succeed(flags), Ordinal);
    }

    [Fact]
    public async Task Results_of_another_picture_of_the_same_name_are_kept_unless_overwrite_is_given()
    {
        string picture = _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "1");
        File.Delete(picture);
        _folders.AddPicture("a.jpg", "b.jpg");
        Assert.Contains("(another picture)", await Succeed("--num-steps", "1"), Ordinal);
    }

    [Fact]
    public async Task A_record_says_what_made_the_results()
    {
        _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "2", "--np-random-seed", "7");
        using JsonDocument document = JsonDocument.Parse(_folders.Result("b.json"));
        JsonElement root = document.RootElement, settings = root.GetProperty("settings"), outcome = root.GetProperty("outcome");
        Assert.StartsWith("stylegan2-encoder ", root.GetProperty("program").GetString(), Ordinal);
        Assert.Equal(Sha256(Golden.Path("commands", "network.pkl")), settings.GetProperty("network_sha256").GetString());
        Assert.Equal(Sha256(Path.Combine(_folders.Source, "b.png")), settings.GetProperty("picture_sha256").GetString());
        Assert.Equal(JsonValueKind.Null, settings.GetProperty("lpips_sha256").ValueKind);
        Assert.Equal((2, 7), (settings.GetProperty("num_steps").GetInt32(), settings.GetProperty("np_random_seed").GetInt32()));
        Assert.Equal(0.1, settings.GetProperty("initial_learning_rate").GetDouble());
        Assert.Equal(("b.png", 0), (outcome.GetProperty("picture").GetString(), outcome.GetProperty("position").GetInt32()));
        Assert.True(outcome.GetProperty("distance").GetSingle() > 0);
        foreach (string name in (string[])["b.png", "b.npy"])
        {
            Assert.Equal(
                Sha256(Path.Combine(_folders.Target, name)),
                root.GetProperty("results").GetProperty(name).GetProperty("sha256").GetString());
        }
    }

    [Fact]
    public async Task A_full_disk_ends_the_run_at_once_and_names_the_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a small disk is mounted with Linux' tools");
        _folders.AddPicture("b.png", "a.png");
        _folders.AddPicture("b.png", "b.png");
        Directory.CreateDirectory(_folders.Target);
        const string Mount = "mount -t tmpfs -o size=32k tmpfs \"$0\" || exit 77; head -c 24000 /dev/zero > \"$0/filler\"";
        const string Script = $"{Mount}; \"$@\"; code=$?; ls -A \"$0\" >&2; exit $code";
        string[] shell = ["--mount", "--map-root-user", "sh", "-c", Script, _folders.Target];
        string[] arguments = [.. shell, .. _folders.CommandLine("--num-steps", "1", "--jobs", "1")];
        ToolResult result = await ToolProcess.RunFile("unshare", TimeSpan.FromMinutes(2), arguments);
        Assert.SkipWhen(
            result.Error.Contains("unshare", Ordinal) || result.ExitCode == 77, "a small disk cannot be mounted here");
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((1, 2), (result.ExitCode, lines.Length));
        Assert.StartsWith(
            $"Error: {_folders.Target}: cannot write results there (No space left on device", lines[0], Ordinal);
        Assert.Equal("filler", lines[1]);
        Assert.DoesNotContain("Projecting image \"b.png\"", result.Output, Ordinal);
    }

    [Fact]
    public async Task A_temporary_folder_that_cannot_be_written_ends_the_run_at_once()
    {
        _folders.AddPicture("b.png", "a.png");
        _folders.AddPicture("b.png", "b.png");
        File.WriteAllText(_folders.Temporary, "a file where the folder should be");
        ToolResult result = await _folders.Run("--num-steps", "1");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {_folders.Temporary}: cannot write temporary files there", result.ErrorLine, Ordinal);
        Assert.False(Directory.Exists(_folders.Target));
    }

    [Fact]
    public async Task What_is_wrong_with_pictures_is_said_before_the_first_is_projected()
    {
        _folders.AddPicture("b.png", "a.png");
        File.WriteAllText(Path.Combine(_folders.Source, "notes.txt"), "no picture");
        File.WriteAllBytes(Path.Combine(_folders.Source, "Thumbs.db"), []);
        File.WriteAllBytes(Path.Combine(_folders.Source, "small.ppm"), [.. "P6 2 2 255\n"u8, .. new byte[12]]);
        string[] arguments = ["-c", "\"$@\" 2>&1", "sh", .. _folders.CommandLine("--num-steps", "1", "--jobs", "1")];
        ToolResult result = await ToolProcess.RunFile("sh", TimeSpan.FromMinutes(2), arguments);
        Assert.Equal(1, result.ExitCode);
        string[] lines = [.. result.Output.Split('\n').Where(l => l.StartsWith("Error", Ordinal) || l.StartsWith("Projecting", Ordinal))];
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"Error: {Path.Combine(_folders.Source, "notes.txt")}: not a picture", lines[0], Ordinal);
        Assert.StartsWith(
            $"Error: {Path.Combine(_folders.Source, "small.ppm")}: the picture is 2 x 2 RGB", lines[1], Ordinal);
        Assert.Equal("Projecting image \"a.png\"...", lines[2]);
        Assert.Contains($"Wrote the results of 1 of 3 pictures to {_folders.Target}\n", result.Output, Ordinal);
    }

    private static string Sha256(string file) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));

    /// <summary>The files that flags mean.</summary>
    private string Named(string flag)
    {
        if (flag == "seeds")
        {
            return WriteSeeds();
        }

        if (flag == "other")
        {
            string other = Path.Combine(_folders.Root, "other.pkl");
            NetworkConversion.Convert(Golden.Path("commands", "network.pkl"), other);
            return other;
        }

        return flag == "lpips" ? Golden.Path("lpips", "lpips.pkl") : flag;
    }

    private string WriteSeeds()
    {
        string seeds = Path.Combine(_folders.Root, "seeds.json");
        File.WriteAllText(seeds, Golden.Json("commands", "commands.json").GetProperty("random_ops").GetRawText());
        return seeds;
    }

    private async Task<string> Succeed(params string[] flags)
    {
        ToolResult result = await _folders.Run(flags);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }
}
