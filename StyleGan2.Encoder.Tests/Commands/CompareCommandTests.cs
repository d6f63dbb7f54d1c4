using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>compare as its user runs it.</summary>
public sealed class CompareCommandTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";

    private static readonly string s_lpips = Golden.Path("lpips", "lpips.pkl");

    private readonly TemporaryFolder _folder = new();

    private string Copy => Path.Combine(_folder.Path, "recording");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_recording_is_replayed_step_by_step_and_is_within_ten_times_its_scatter()
    {
        ToolResult result = await Compare(Golden.Path("projector", "r32"), "--vgg16-pkl", s_lpips);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["start", .. Enumerable.Range(1, 24).Select(i => $"step {i}")], lines.Take(25).Select(l => l.Split(':')[0]));
        Assert.Contains("noises same bits", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^step 24: .*dist .*loss .*dlatents .* times its scatter\); images .*; noises ", lines[24]);
        Assert.StartsWith("Bits differ first at ", lines[25], StringComparison.Ordinal);
        Assert.Equal("Verdict: within", lines[^1]);
    }

    [Theory]
    [InlineData("r32-no-noise")]
    [InlineData("r512")]
    public async Task Other_recordings_are_within_ten_times_their_scatter(string name)
    {
        ToolResult result = await Compare(Golden.Path("projector", name), "--vgg16-pkl", s_lpips);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.EndsWith("Verdict: within\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_of_other_dlatents_is_not_within_and_the_step_is_named()
    {
        CopyRecording();
        Change("step3_dlatents", values => values * 1.01f);
        ToolResult result = await Compare(Copy, "--vgg16-pkl", s_lpips);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains(" of it at step 3, in dlatents (", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Verdict: NOT within\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_without_scatter_is_held_to_the_bound_given()
    {
        CopyRecording();
        File.Delete(Path.Combine(Copy, "reference_scatter.json"));
        Assert.EndsWith("Verdict: within\n", (await Compare(Copy, "--vgg16-pkl", s_lpips)).Output, StringComparison.Ordinal);
        ToolResult strict = await Compare(Copy, "--vgg16-pkl", s_lpips, "--within", "1e-12");
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains("Allowed is 1.0E-12", strict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_needs_its_LPIPS_weights() =>
        await AssertFails("give the LPIPS weights that it was made with by --vgg16-pkl", Golden.Path("projector", "r32"));

    [Fact]
    public async Task A_folder_that_does_not_exist_is_one_line() =>
        await AssertFails("there is no such folder", Copy, "--vgg16-pkl", s_lpips);

    [Theory]
    [InlineData("projector.json", "{", "not as samples/record_reference.py writes it")]
    [InlineData("projector.json", "{}", "not as samples/record_reference.py writes it")]
    [InlineData("reference_scatter.json", "[]", "not as samples/record_reference.py writes it")]
    [InlineData("expect.npz", "hello", "expect.npz")]
    [InlineData("network.pkl", "hello", "network.pkl")]
    [InlineData("target_uint8.npy", "hello", "target_uint8.npy")]
    public async Task A_damaged_recording_is_one_line_that_names_the_file(string name, string content, string problem)
    {
        CopyRecording();
        File.WriteAllText(Path.Combine(Copy, name), content);
        ToolResult result = await AssertFails(problem, Copy, "--vgg16-pkl", s_lpips);
        Assert.StartsWith($"Error: {Path.Combine(Copy, name)}: ", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_lacks_a_value_is_one_line_that_names_it()
    {
        CopyRecording();
        Change("step3_dlatents", _ => null);
        await AssertFails("it has no array step3_dlatents", Copy, "--vgg16-pkl", s_lpips);
    }

    [Theory]
    [InlineData(1f, 0, "same bits", "within")]
    [InlineData(1.0000001f, 0, "1 ulps, 6.0E-08 relative", "within")]
    [InlineData(1.1f, 1, "relative", "NOT within")]
    public async Task Two_arrays_are_compared_in_ulps_and_relative_to_the_largest_value(
        float value, int exitCode, string difference, string verdict)
    {
        string a = SaveArray("a.npy", [1f, -2f]), b = SaveArray("b.npy", [value, -2f]);
        ToolResult result = await Compare(a, b);
        Assert.Equal((exitCode, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains(difference, result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Verdict: {verdict}\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.png", 0, "same levels", "within")]
    [InlineData("b.png", 1, "values differ, by at most", "NOT within")]
    public async Task Two_pictures_are_compared_in_levels(string name, int exitCode, string difference, string verdict)
    {
        ToolResult result = await Compare(
            Golden.Path("commands", "project_images", "dst", "a.png"), Golden.Path("commands", "project_images", "dst", name));
        Assert.Equal((exitCode, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains(difference, result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Verdict: {verdict}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrays_of_different_shapes_are_one_line_that_names_both()
    {
        string a = SaveArray("a.npy", [1f, 2f]), b = SaveArray("b.npy", [1f]);
        await AssertFails($"{a}, {b}: Single [2] is expected and Single [1] was found", a, b);
    }

    [Fact]
    public async Task Folders_are_compared_file_by_file()
    {
        string results = Golden.Path("commands", "project_images", "dst");
        string other = Directory.CreateDirectory(_folder.File("other")).FullName;
        foreach (string file in Directory.GetFiles(results))
        {
            File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        }

        ToolResult same = await Compare(results, other);
        Assert.Equal((0, string.Empty), (same.ExitCode, same.Error));
        Assert.Contains("a.npy: same bits; at most 2.0E-06 is allowed\n", same.Output, StringComparison.Ordinal);
        Assert.Contains("a.png: same levels; ", same.Output, StringComparison.Ordinal);
        Assert.EndsWith(" files are not within what is allowed\nVerdict: within\n", same.Output, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(other, "a.npy"), "hello");
        File.Delete(Path.Combine(other, "b.png"));
        ToolResult different = await Compare(results, other);
        Assert.Equal((1, string.Empty), (different.ExitCode, different.Error));
        Assert.Contains($"{other}/a.npy: ", different.Output, StringComparison.Ordinal);
        Assert.Contains($"b.png: missing in {other}; NOT within\n", different.Output, StringComparison.Ordinal);
        Assert.Matches("\n2 of [0-9]+ files are not within what is allowed\nVerdict: NOT within\n$", different.Output);
    }

    [Fact]
    public async Task Folders_without_results_are_one_line() =>
        await AssertFails("there is no array (.npy) and no picture in them; give folders of results", _folder.Path, _folder.Path);

    [Fact]
    public async Task An_array_and_a_picture_are_one_line() =>
        await AssertFails(
            "one is an array and the other is not", SaveArray("a.npy", [1f]), Golden.Path("commands", "project_images", "dst", "a.png"));

    private static Task<ToolResult> Compare(params string[] arguments) => ToolProcess.Run(Program, ["compare", .. arguments]);

    private static async Task<ToolResult> AssertFails(string problem, params string[] arguments)
    {
        ToolResult result = await Compare(arguments);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        return result;
    }

    private void CopyRecording()
    {
        Directory.CreateDirectory(Copy);
        foreach (string file in Directory.GetFiles(Golden.Path("projector", "r32")))
        {
            File.Copy(file, Path.Combine(Copy, Path.GetFileName(file)));
        }
    }

    /// <summary>Changes an array of the recording; null takes it out.</summary>
    private void Change(string name, Func<NDArray, NDArray?> change)
    {
        string file = Path.Combine(Copy, "expect.npz");
        IReadOnlyList<(string Name, NDArray Value)> arrays = TensorGraph.Numpy.NpzArchive.Load(file);
        TensorGraph.Numpy.NpzArchive.Save(
            file,
            arrays.Select(a => (a.Name, Value: a.Name == name ? change(a.Value) : a.Value)).Where(a => a.Value is not null).Select(
                a => (a.Name, a.Value!)));
    }

    private string SaveArray(string name, float[] values)
    {
        string path = Path.Combine(_folder.Path, name);
        np.save(path, np.array(values));
        return path;
    }
}
