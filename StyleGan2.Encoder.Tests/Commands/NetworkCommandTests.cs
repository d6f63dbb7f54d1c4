using Dnnlib.TfLib;
using Microsoft.ML.OnnxRuntime;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>info, evaluate, export-onnx and convert as their user runs them.</summary>
public sealed class NetworkCommandTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";

    private readonly TemporaryFolder _folder = new();

    private string Input => Path.Combine(_folder.Path, "in.npz");

    private string Output => Path.Combine(_folder.Path, "out.npz");

    private string Model => Path.Combine(_folder.Path, "out.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Info_lists_the_devices_and_says_why_one_cannot_be_used()
    {
        ToolResult result = await ToolProcess.Run("StyleGan2.Encoder", "info", "--devices");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"cpu: {Environment.ProcessorCount} cores, ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "cuda: cannot be used: this build has no CUDA execution provider; build with -p:OnnxRuntimePackage=",
            lines[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_shows_every_network_with_settings_build_functions_variables_and_shapes()
    {
        string network = NetworkOf("config-f");
        ToolResult result = await ToolProcess.Run(Program, "info", network, "--all");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.StartsWith($"{network}: 3 networks\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nGs: Gs, built by G_main, ", result.Output, StringComparison.Ordinal);
        Assert.Contains("  mapping: G_mapping, built by G_mapping, ", result.Output, StringComparison.Ordinal);
        Assert.Contains("  resolution = 32\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"G_synthesis/4x4/Conv/noise_strength +\[\] +Single +1\n", result.Output);
        Assert.Matches(@"G_synthesis/noise0 +\[1, 1, 4, 4\] +Single +16\n", result.Output);
    }

    [Fact]
    public async Task Info_is_a_page_about_the_bundled_network_if_no_other_is_given()
    {
        ToolResult result = await ToolProcess.Run(Program, "info");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.InRange(result.Output.Split('\n').Length, 5, 24);
        Assert.Contains("avatars128.pkl: 3 networks\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("resolution = 128, ", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config-f", "Gs", "synthesis", "images", "")]
    [InlineData("config-f", "Gs", "mapping", "dlatents", "")]
    [InlineData("config-f", "Gs", null, "images_psi0.7", "--truncation-psi=0.7")]
    [InlineData("config-f", "Gs", null, "images_psi0.5_cutoff2", "--truncation-psi=0.5 --truncation-cutoff=2")]
    [InlineData("config-f", "Gs", null, "images_default", "")]
    [InlineData("config-f", "G", null, "images_G", "--truncation-psi=1")]
    [InlineData("config-f", "D", null, "D_scores", "")]
    [InlineData("config-f-labels", "Gs", "mapping", "dlatents", "--labels")]
    [InlineData("config-f-labels", "D", null, "D_scores", "--labels")]
    [InlineData("config-a", "Gs", null, "images_psi0.7", "--truncation-psi=0.7")]
    [InlineData("config-d-lod-1.3", "Gs", "synthesis", "images", "--set lod=1.3")]
    [InlineData("config-d-lod-1.3", "Gs", null, "images_psi0.7", "--truncation-psi=0.7 --set lod=1.3")]
    [InlineData("config-d-lod-1.3", "D", null, "D_scores", "--set lod=1.3")]
    public async Task Evaluate_gives_the_references_arrays(string config, string net, string? component, string recorded, string flags)
    {
        using NpzFile expected = Golden.Npz("networks", config, "expect.npz");
        string[] names = net == "D" ? ["D_images"] : component == "synthesis" ? ["dlatents"] : ["latents"];
        names = config.EndsWith("labels", StringComparison.Ordinal) && component != "synthesis" ? [.. names, "labels"] : names;
        NpzArchive.Save(Input, names.Select(n => (n.Replace("D_", "", StringComparison.Ordinal), expected[n])));
        string[] part = component is null ? [] : ["--component", component];
        ToolResult result = await Evaluate(
            NetworkOf(config), ["--net", net, .. part, .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        (string name, NDArray made) = Assert.Single(NpzArchive.Load(Output));
        Assert.Equal(net == "D" ? "scores" : component == "mapping" ? "dlatents" : "images", name);
        Golden.AssertWithin(5e-6, expected[recorded], made, recorded);
    }

    [Fact]
    public async Task Evaluate_with_another_level_of_detail_gives_other_images()
    {
        using NpzFile expected = Golden.Npz("networks", "config-d-lod-1.3", "expect.npz");
        NpzArchive.Save(Input, [("dlatents", expected["dlatents"])]);
        await Evaluate(NetworkOf("config-d-lod-1.3"), "--component=synthesis", "--set", "lod=0");
        Assert.True(Golden.RelativeDifference(expected["images"], NpzArchive.Load(Output)[0].Value) > 1e-2);
    }

    [Theory]
    [InlineData("--set nothing=1", "Gs has no variable nothing that is a number; settings that can be set are fused_modconv, "
        + "randomize_noise, structure")]
    [InlineData("--component synthesis", "it has no array dlatents, w or ws; it has latents")]
    [InlineData("--net D", "it has no array images")]
    [InlineData("--net D --component mapping", "its network D has no component mapping")]
    [InlineData("--component mapping --truncation-psi 0.5", "mapping does not truncate; only a whole generator, G or Gs, does")]
    [InlineData("--labels", "it has no array labels")]
    [InlineData("--set lod=low", "lod is low; it must be a number")]
    public async Task What_evaluate_cannot_do_is_one_line(string flags, string problem)
    {
        NpzArchive.Save(Input, [("latents", np.zeros(new Shape(2, 16), typeof(float)))]);
        ToolResult result = await Evaluate(NetworkOf("config-f"), flags.Split(' '));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task Arrays_of_another_shape_are_one_line()
    {
        NpzArchive.Save(Input, [("latents", np.zeros(new Shape(2, 17), typeof(float)))]);
        ToolResult result = await Evaluate(NetworkOf("config-f"));
        Assert.Equal((1, $"Error: {Input}: latents has shape [2, 17]; the network takes [?, 16]"), (result.ExitCode, result.ErrorLine));
    }

    [Theory]
    [InlineData("--set", "lod", "--set is lod; it must be a name and a value such as lod=1.3")]
    [InlineData("--net", "E", "E")]
    [InlineData("--minibatch-size", "0", "--minibatch-size is 0; it must be a whole number, at least 1")]
    public async Task Wrong_usage_is_refused_by_name(string flag, string value, string problem)
    {
        ToolResult result = await Evaluate(NetworkOf("config-f"), flag, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config-f", "images_psi0.7", 1e-5)]
    [InlineData("config-a", "images_psi0.7", 1e-5)]
    [InlineData("config-d-lod-1.3", "images_psi0.7", 1e-5)]
    public async Task An_exported_generator_makes_the_same_images_in_a_plain_session_of_ONNX_Runtime(
        string config, string recorded, double bound)
    {
        using NpzFile expected = Golden.Npz("networks", config, "expect.npz");
        ToolResult result = await ToolProcess.Run(Program, "export-onnx", NetworkOf(config), Model, "--truncation-psi", "0.7");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal($"Wrote {Model}: latents [?, 16] -> images [?, 3, 32, 32]\n", result.Output);
        Golden.AssertWithin(bound, expected[recorded], RunModel("latents", expected["latents"], "images"), recorded);
    }

    [Fact]
    public async Task An_exported_component_takes_and_gives_what_the_component_does()
    {
        using NpzFile expected = Golden.Npz("networks", "config-f", "expect.npz");
        await ToolProcess.Run(Program, "export-onnx", NetworkOf("config-f"), Model, "--component", "mapping");
        Golden.AssertWithin(5e-6, expected["dlatents"], RunModel("latents", expected["latents"], "dlatents"), "dlatents");
    }

    [Fact]
    public async Task The_bundled_network_is_exported_if_no_other_is_given()
    {
        ToolResult result = await ToolProcess.Run(Program, "export-onnx", Model, "--component", "mapping");
        Assert.Equal(
            (0, string.Empty, $"Wrote {Model}: latents [?, 32] -> dlatents [?, 12, 64]\n"), (result.ExitCode, result.Error, result.Output));
    }

    [Fact]
    public async Task The_bundled_network_is_evaluated_if_no_other_is_given()
    {
        NpzArchive.Save(Input, [("latents", np.zeros(new Shape(2, 32), typeof(float)))]);
        ToolResult result = await ToolProcess.Run(Program, "evaluate", "--input", Input, "--output", Output, "--component", "mapping");
        Assert.Equal((0, string.Empty, $"Wrote {Output}: dlatents [2, 12, 64]\n"), (result.ExitCode, result.Error, result.Output));
    }

    [Fact]
    public async Task A_model_of_random_noise_is_refused_and_nothing_is_written()
    {
        ToolResult result = await ToolProcess.Run(Program, "export-onnx", NetworkOf("config-f"), Model, "--set", "randomize_noise=true");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be part of a saved model", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(Model));
    }

    [Fact]
    public async Task Convert_writes_a_pickle_with_the_same_variables()
    {
        string output = Path.Combine(_folder.Path, "converted.pkl");
        ToolResult result = await ToolProcess.Run(Program, "convert", NetworkOf("config-f"), output);
        Assert.Equal((0, string.Empty, $"Wrote {output}\n"), (result.ExitCode, result.Error, result.Output));
        NetworkState before = NetworkFile.Load(NetworkOf("config-f")).Gs.Components["synthesis"], after = NetworkFile.Load(
            output).Gs.Components["synthesis"];
        Assert.Equal(
            before.Variables.Select(v => (v.Name, Convert.ToHexString(v.Value.tobytes()))),
            after.Variables.Select(v => (v.Name, Convert.ToHexString(v.Value.tobytes()))));
    }

    [Fact]
    public async Task Arrays_that_convert_wrote_are_shown_and_converted_back_to_the_same_pickle()
    {
        string arrays = Path.Combine(_folder.Path, "a.npz"), pickle = Path.Combine(_folder.Path, "a.pkl"), back = Path.Combine(
            _folder.Path, "b.pkl");
        await ToolProcess.Run(Program, "convert", NetworkOf("config-f"), pickle);
        await ToolProcess.Run(Program, "convert", pickle, arrays);
        ToolResult result = await ToolProcess.Run(Program, "convert", arrays, back);
        Assert.Equal((0, string.Empty, $"Wrote {back}\n"), (result.ExitCode, result.Error, result.Output));
        Assert.Equal(File.ReadAllBytes(pickle), File.ReadAllBytes(back));
        ToolResult infoOfArrays = await ToolProcess.Run(Program, "info", arrays, "--all"), infoOfPickle = await ToolProcess.Run(
            Program, "info", pickle, "--all");
        Assert.Equal(infoOfPickle.Output.Replace(pickle, arrays, StringComparison.Ordinal), infoOfArrays.Output);
    }

    [Fact]
    public async Task Arrays_of_something_else_are_one_line()
    {
        NpzArchive.Save(Input, [("latents", np.zeros(new Shape(2, 16), typeof(float)))]);
        ToolResult result = await ToolProcess.Run(Program, "info", Input);
        string problem = "arrays that are not those of networks: there is no networks.pkl among them; give a file that convert wrote";
        Assert.Equal((1, $"Error: {Input}: {problem}"), (result.ExitCode, result.ErrorLine));
    }

    [Theory]
    [InlineData("info")]
    [InlineData("evaluate", "--input=in.npz", "--output=out.npz")]
    [InlineData("export-onnx", "out.onnx")]
    [InlineData("convert", "out.pkl")]
    public async Task A_file_that_is_no_pickle_is_one_line(string command, params string[] arguments)
    {
        string network = Path.Combine(_folder.Path, "network.pkl");
        File.WriteAllText(network, "hello");
        NpzArchive.Save(Input, [("latents", np.zeros(new Shape(2, 16), typeof(float)))]);
        ToolResult result = await ToolProcess.Run(Program, [command, network, .. arguments.Select(a => a.Replace("in.npz", Input))]);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {network}: ", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_to_another_kind_of_file_is_one_line()
    {
        ToolResult result = await ToolProcess.Run(Program, "convert", NetworkOf("config-f"), Path.Combine(_folder.Path, "out.pth"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("must end in .pkl, .npz or .pt", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_are_not_finite_load_with_a_warning_that_names_them()
    {
        NetworkState gs = NetworkFile.Load(NetworkOf("config-f")).Gs;
        (string Name, NDArray Value)[] variables =
            [.. gs.Variables.Select(v => v.Name == "dlatent_avg" ? (v.Name, v.Value + double.NaN) : v)];
        string network = Path.Combine(_folder.Path, "nan.pkl");
        NetworkPickle.Save(network, gs with { Variables = variables });
        ToolResult result = await ToolProcess.Run(Program, "export-onnx", network, Model);
        string warning = "network Gs: some values of dlatent_avg are NaN or infinite, and so will be what is computed with them";
        Assert.Equal((0, $"Warning: {network}: {warning}\n"), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("cases/ada-tensorflow/ada_tf.pkl", "cases/ada-tensorflow/same_weights_as_stylegan2.pkl")]
    [InlineData("rosinality/a.pt", "rosinality/a_legacy.pt")]
    public async Task Files_of_other_programs_go_through_every_command(string file, string same)
    {
        string[] images = [];
        foreach (string network in new[] { Golden.Path(file), Golden.Path(same) })
        {
            string folder = Path.Combine(_folder.Path, Path.GetFileNameWithoutExtension(network));
            await Succeeds("info", network);
            await Succeeds("export-onnx", network, $"{folder}.onnx", "--component", "mapping");
            await Succeeds("generate-images", "--network", network, "--seeds", "1,2", "--result-dir", folder);
            await Succeeds(
                "style-mixing-example", "--network", network, "--row-seeds=1", "--col-seeds=2", "--col-styles=0", "--result-dir", folder);
            await Succeeds(
                "project-generated-images", "--network", network, "--seeds=1", "--num-snapshots=1", "--num-steps=2",
                "--result-dir", $"{folder}-projected");
            string[] made = [.. Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            Assert.NotEmpty(made);
            images = images.Length == 0 ? made : AssertSamePictures(images, made);
        }
    }

    private static async Task Succeeds(params string[] arguments)
    {
        ToolResult result = await ToolProcess.Run(Program, arguments);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
    }

    /// <summary>Pictures of networks with the same weights: rounding may decide on the other level.</summary>
    private static string[] AssertSamePictures(string[] expected, string[] actual)
    {
        Assert.Equal(expected.Select(Path.GetFileName), actual.Select(Path.GetFileName));
        Assert.All(expected.Zip(actual), p => Pictures.AssertSame(p.First, p.Second, onOneIn: 1));
        return actual;
    }

    private static string NetworkOf(string config) => Golden.Path("networks", config, "network.pkl");

    private Task<ToolResult> Evaluate(string network, params string[] flags) =>
        ToolProcess.Run(Program, ["evaluate", network, "--input", Input, "--output", Output, .. flags]);

    private NDArray RunModel(string input, NDArray value, string output)
    {
        using InferenceSession model = new(Model);
        using OrtValue given = OrtValue.CreateTensorValueFromMemory(value.astype(typeof(float)).Values<float>(), value.shape);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = model.Run(options, [input], [given], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToNDArray(results[0].GetTensorTypeAndShape().Shape);
    }
}
