using System.Security.Cryptography;
using System.Text.Json;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>
/// create_mnist, create_mnistrgb, create_cifar10, create_cifar100, create_svhn and create_celeba as their user runs them.
/// </summary>
public sealed class KnownDatasetCommandTests : IDisposable
{
    private const string Program = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MNIST_comes_out_with_the_recorded_sums()
    {
        MadeDatasets.WriteMnist(_folder.File("in"));
        await AssertSums("create_mnist", "mnist", "Loading MNIST from", "create_mnist", 60000);
        await AssertSums(
            "create_mnistrgb_500",
            "mnistrgb",
            "Loading MNIST from",
            "create_mnistrgb",
            500,
            "--num_images",
            "500",
            "--random_seed",
            $"{Sums.GetProperty("create_mnistrgb_seed").GetInt32()}");
    }

    [Fact]
    public async Task CIFAR_10_comes_out_with_the_recorded_sums()
    {
        MadeDatasets.WriteCifar10(_folder.File("in"));
        await AssertSums("create_cifar10", "c10", "Loading CIFAR-10 from", "create_cifar10", 50000);
    }

    [Fact]
    public async Task CIFAR_100_comes_out_with_the_recorded_sums()
    {
        MadeDatasets.WriteCifar100(_folder.File("in"));
        await AssertSums("create_cifar100", "c100", "Loading CIFAR-100 from", "create_cifar100", 50000);
    }

    [Theory]
    [InlineData("create_mnist", "train-images-idx3-ubyte.gz")]
    [InlineData("create_mnistrgb", "train-images-idx3-ubyte.gz")]
    [InlineData("create_cifar10", "data_batch_1")]
    [InlineData("create_cifar100", "train")]
    [InlineData("create_svhn", "train_1.pkl")]
    public async Task A_file_that_is_missing_is_one_line(string command, string file) =>
        await AssertFails(command, $"{_folder.File("in")}/{file}: no such file; give the place where it is");

    [Theory]
    [InlineData("create_mnist", "train-images-idx3-ubyte.gz", "not a gzip file, or it is cut off or damaged; get a whole copy of it")]
    [InlineData(
        "create_cifar10",
        "data_batch_1",
        "7e is no operation; is this file a pickle? (byte 0); get a whole copy of the dataset's Python version")]
    [InlineData(
        "create_svhn",
        "train_1.pkl",
        "7e is no operation; is this file a pickle? (byte 0); get a whole copy of the dataset's Python version")]
    public async Task A_file_of_another_kind_is_one_line(string command, string file, string problem)
    {
        string path = Write(file, "~ this is no dataset"u8.ToArray());
        ToolResult result = await Run(command);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {path}", result.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith(problem, result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzip_file_that_is_cut_off_is_one_line()
    {
        string path = Write("train-images-idx3-ubyte.gz", []);
        MadeDatasets.WriteGzip(path, 16, RandomNumberGenerator.GetBytes(5000));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..3000]);
        await AssertFails("create_mnist", $"{path}: not a gzip file, or it is cut off or damaged; get a whole copy of it");
    }

    [Fact]
    public async Task A_smaller_MNIST_is_one_line()
    {
        string path = Write("train-images-idx3-ubyte.gz", []);
        MadeDatasets.WriteGzip(path, 16, new byte[28 * 28 * 10]);
        await AssertFails(
            "create_mnist", $"{path}: does not hold [60000, 28, 28] bytes after its header; get the file of the whole dataset");
    }

    [Fact]
    public async Task A_smaller_SVHN_is_one_line()
    {
        Directory.CreateDirectory(_folder.File("in"));
        for (int i = 1; i <= 3; i++)
        {
            MadeDatasets.WriteSvhn(_folder.File($"in/train_{i}.pkl"), new byte[2 * 3072], [0, 1]);
        }

        await AssertFails(
            "create_svhn", $"{_folder.File("in")}: train_1.pkl, train_2.pkl, train_3.pkl hold 6 images, not 73257; get the whole dataset");
    }

    [Fact]
    public async Task A_pickle_of_something_else_is_one_line()
    {
        string path = _folder.File("in/train");
        MadeDatasets.WritePickle(path, new object?[] { 1, 2 });
        await AssertFails(
            "create_cifar100", $"{path}: not a dictionary with data and fine_labels; get a whole copy of the dataset's Python version");
    }

    [Fact]
    public async Task A_CelebA_that_is_not_whole_is_one_line()
    {
        Write("img_align_celeba_png/000001.png", []);
        string folder = _folder.File("in/img_align_celeba_png");
        await AssertFails(
            "create_celeba", $"{folder}: expected to find 202599 PNG files, found 1; unpack the whole img_align_celeba_png there");
    }

    [Theory]
    [InlineData("create_mnistrgb", "--num_images", "0")]
    [InlineData("create_mnistrgb", "--random_seed", "-1")]
    [InlineData("create_celeba", "--cx", "20")]
    [InlineData("create_cifar10", "--shuffle", "1")]
    public async Task Wrong_usage_has_its_own_exit_code(string command, params string[] options)
    {
        ToolResult result = await Run(command, options);
        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("Error: ", result.Error, StringComparison.Ordinal);
    }

    private static JsonElement Sums { get; } = Golden.Json("dataset", "sums.json");

    private async Task AssertSums(string recorded, string name, string loading, string command, int images, params string[] options)
    {
        string target = _folder.File(name);
        ToolResult result = await ToolProcess.Run(Program, [command, target, _folder.File("in"), .. options]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.StartsWith($"{loading} \"{_folder.File("in")}\"\nCreating dataset \"{target}\"\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"\nAdded {images} images.\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', result.Output);
        Assert.Equal(
            Sums.GetProperty(recorded).EnumerateObject().Select(f => (f.Name, f.Value.GetString())),
            Directory.GetFiles(target).Order(StringComparer.Ordinal).Select(Sum));
    }

    private static (string Name, string? Sum) Sum(string file) =>
        (Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));

    private async Task AssertFails(string command, string problem)
    {
        ToolResult result = await Run(command);
        Assert.Equal((1, $"Error: {problem}"), (result.ExitCode, result.ErrorLine));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path), entry => entry != _folder.File("in"));
    }

    private Task<ToolResult> Run(string command, params string[] options) =>
        ToolProcess.Run(Program, [command, _folder.File("out"), _folder.File("in"), .. options]);

    private string Write(string name, byte[] content)
    {
        string file = _folder.File(Path.Combine("in", name));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }
}
