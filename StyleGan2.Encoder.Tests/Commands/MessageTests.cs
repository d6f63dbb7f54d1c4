using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Errors of all commands on bad input: one line in the user's terms, without those of .NET.</summary>
public sealed class MessageTests : IDisposable
{
    private const string Encoder = "StyleGan2.Encoder";
    private const string Tool = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    public MessageTests()
    {
        NpzArchive.Save(_folder.File("in.npz"), [("latents", np.zeros(new Shape(1, 32), typeof(float)))]);
        _folder.Write("text.txt", "hello"u8.ToArray());
        _folder.Write("empty", []);
        Directory.CreateDirectory(_folder.File("nothing"));
        Directory.CreateDirectory(_folder.File("bad"));
        Directory.CreateDirectory(_folder.File("pictures"));
        _folder.Write("pictures/a.png", "\u0089PNG\r\n"u8.ToArray());
        _folder.Write("bad/bad-r02.tfrecords", "hello"u8.ToArray());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Tool, "create_from_images out large --resize 16 --convert rgb",
        "create_from_images: out of memory: {0}/large/a.pbm: 8000 x 8000 pixels; make it smaller, or work on fewer pictures at once")]
    [InlineData(Encoder, "evaluate --input large.npz --output out.npz",
        "evaluate: out of memory: {0}/large.npz: 48000128 bytes of latents.npy; close other programs, or give a smaller file")]
    [InlineData(Encoder, "compare large.npy large.npy",
        "compare: out of memory while working on {0}/large.npy, {0}/large.npy; close other programs, or give less at once")]
    public async Task Too_little_memory_names_what_it_was_wanted_for_and_what_would_help(string program, string arguments, string line)
    {
        NDArray large = np.zeros(new Shape(1_500_000, 8), typeof(float));
        NpzArchive.Save(_folder.File("large.npz"), [("latents", large)]);
        _folder.Write("large.npy", np.save(large));
        Directory.CreateDirectory(_folder.File("large"));
        _folder.Write("large/a.pbm", [.. "P4 8000 8000\n"u8, .. new byte[8_000_000]]);
        string[] inFolder = [.. arguments.Split(' ').Select(a => a.StartsWith("large") || a.StartsWith("out") ? _folder.File(a) : a)];
        ToolResult result = await ToolProcess.RunFile("env", TimeSpan.FromMinutes(2),
            ["DOTNET_GCHeapHardLimit=0x2400000", "dotnet", ToolProcess.File(program), .. inFolder]);
        Assert.Equal((1, $"Error: {string.Format(null, line, _folder.Path)}"), (result.ExitCode, result.ErrorLine));
        Assert.False(Path.Exists(_folder.File("out")));
        Assert.False(Path.Exists(_folder.File("out.npz")));
    }

    [Theory]
    [InlineData(Encoder, "project_images missing out")]
    [InlineData(Encoder, "project_images nothing out")]
    [InlineData(Encoder, "project_images pictures text.txt")]
    [InlineData(Encoder, "project_images pictures out --num-steps 1 --network-pkl text.txt")]
    [InlineData(Encoder, "project_images pictures out --num-steps 1 --vgg16-pkl text.txt")]
    [InlineData(Encoder, "project_images pictures out --num-steps 1 --op-seeds text.txt")]
    [InlineData(Encoder, "project_images pictures out --num-steps 1")]
    [InlineData(Encoder, "project-generated-images --result-dir text.txt --num-steps 1")]
    [InlineData(Encoder, "project-real-images --data-dir . --dataset none --result-dir out --num-steps 1")]
    [InlineData(Encoder, "project-real-images --data-dir . --dataset bad --result-dir out --num-steps 1")]
    [InlineData(Encoder, "generate-images --seeds 1 --network missing.pkl --result-dir out")]
    [InlineData(Encoder, "generate-images --seeds 1 --network nothing --result-dir out")]
    [InlineData(Encoder, "generate-images --seeds 1 --device cuda --result-dir out")]
    [InlineData(Encoder, "style-mixing-example --row-seeds 1 --col-seeds 2 --col-styles 99 --result-dir out")]
    [InlineData(Encoder, "compare missing")]
    [InlineData(Encoder, "compare missing text.txt")]
    [InlineData(Encoder, "compare nothing")]
    [InlineData(Encoder, "compare nothing nothing")]
    [InlineData(Encoder, "compare nothing text.txt")]
    [InlineData(Encoder, "evaluate --input text.txt --output out.npz")]
    [InlineData(Encoder, "evaluate --input missing.npz --output out.npz")]
    [InlineData(Encoder, "evaluate --input in.npz --output nothing")]
    [InlineData(Encoder, "evaluate empty --input in.npz --output out.npz")]
    [InlineData(Encoder, "info empty")]
    [InlineData(Encoder, "info nothing")]
    [InlineData(Encoder, "info in.npz")]
    [InlineData(Encoder, "export-onnx text.txt out.onnx")]
    [InlineData(Encoder, "export-onnx missing/out.onnx")]
    [InlineData(Encoder, "convert text.txt out.pkl")]
    [InlineData(Encoder, "convert missing.pkl out.pkl")]
    [InlineData(Encoder, "convert text.txt out.pth")]
    [InlineData(Tool, "display missing")]
    [InlineData(Tool, "display nothing")]
    [InlineData(Tool, "display bad")]
    [InlineData(Tool, "extract bad out")]
    [InlineData(Tool, "extract nothing text.txt")]
    [InlineData(Tool, "compare bad nothing")]
    [InlineData(Tool, "create_mnist out nothing")]
    [InlineData(Tool, "create_mnistrgb out text.txt")]
    [InlineData(Tool, "create_cifar10 out nothing")]
    [InlineData(Tool, "create_cifar100 out missing")]
    [InlineData(Tool, "create_svhn out bad")]
    [InlineData(Tool, "create_lsun out nothing")]
    [InlineData(Tool, "create_lsun_wide out bad")]
    [InlineData(Tool, "create_celeba out nothing")]
    [InlineData(Tool, "create_from_images out nothing")]
    [InlineData(Tool, "create_from_images out pictures")]
    [InlineData(Tool, "create_from_images out text.txt")]
    [InlineData(Tool, "create_from_images out pictures --labels text.txt")]
    [InlineData(Tool, "create_from_hdf5 out text.txt")]
    [InlineData(Tool, "create_from_hdf5 out missing")]
    [InlineData(Tool, "verify nothing")]
    [InlineData(Tool, "info bad")]
    [InlineData(Tool, "info text.txt")]
    public async Task A_bad_input_is_one_line_in_the_users_terms(string program, string arguments)
    {
        ToolResult result = await ToolProcess.Run(program, [.. arguments.Split(' ').Select((word, i) => i > 0 ? Place(word) : word)]);
        Assert.Equal(1, result.ExitCode);
        string line = result.ErrorLine;
        Assert.StartsWith("Error: ", line, StringComparison.Ordinal);
        foreach (string term in new[] { "(Parameter", "System.", "Exception", "Nullable", "NDArray", "   at " })
        {
            Assert.DoesNotContain(term, line, StringComparison.Ordinal);
        }

        IEnumerable<string> written = Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories);
        Assert.DoesNotContain(written, f => f.StartsWith(_folder.File("out"), StringComparison.Ordinal));
    }

    /// <summary>The place of a file or folder of this test; other words as they are.</summary>
    private string Place(string word) =>
        word.StartsWith("out", StringComparison.Ordinal) || word.StartsWith("missing", StringComparison.Ordinal)
            || word == "." || Path.Exists(_folder.File(word))
            ? _folder.File(word)
            : word;
}
