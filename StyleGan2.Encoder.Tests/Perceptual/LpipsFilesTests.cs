using NumSharp;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Perceptual;

/// <summary>
/// The same weights come in many kinds of files; files of something else are refused by saying what was found and what is needed.
/// </summary>
public sealed class LpipsFilesTests : IDisposable
{
    private static readonly LpipsWeights s_expected = LpipsWeights.Load(File("lpips.pkl"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vgg16-torchvision.pth", "vgg-lpips-linear.pth")]
    [InlineData("vgg16-torchvision-legacy.pth", "vgg-lpips-linear.pth")]
    [InlineData("vgg-lpips-linear.pth", "vgg16-torchvision.pth")]
    public void PyTorchs_two_files_give_the_weights_of_the_references_pickle(string first, string second) =>
        AssertTheWeights(LpipsWeights.Load($"{File(first)},{File(second)}"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrays_of_an_npz_give_the_weights_in_either_order_of_axes(bool asPyTorch)
    {
        Dictionary<string, NDArray> arrays = [];
        for (int i = 0; i < 13; i++)
        {
            (NDArray weight, NDArray bias) = s_expected.Convolutions[i];
            arrays.Add($"{i}.w", asPyTorch ? weight.transpose([3, 2, 0, 1]).Contiguous() : weight);
            arrays.Add($"{i}.b", bias);
        }

        for (int i = 0; i < 5; i++)
        {
            arrays.Add($"lin{i}", asPyTorch ? s_expected.Channels[i].reshape(new Shape(1, -1, 1, 1)) : s_expected.Channels[i]);
        }

        string path = _folder.File("weights.npz");
        np.savez(path, arrays);
        AssertTheWeights(LpipsWeights.Load(path));
    }

    [Fact]
    public void A_comma_may_be_part_of_a_files_name() =>
        AssertTheWeights(LpipsWeights.Load(_folder.Write("a,b.pkl", System.IO.File.ReadAllBytes(File("lpips.pkl")))));

    [Fact]
    public void Convolutions_without_channel_weights_are_refused_by_saying_so()
    {
        string path = File("vgg16-torchvision.pth");
        Assert.Equal(
            $"{path}: not LPIPS weights: feature level 1 has 8 channels, and it has no array of as many channel weights for it; "
            + "needed are thirteen chained 3x3 convolutions with biases, from 3 channels on, and five arrays of channel weights "
            + "(two files are joined by a comma: vgg16.pth,vgg.pth)",
            Refusal(path));
    }

    [Fact]
    public void Channel_weights_without_convolutions_are_refused_by_saying_so() =>
        Assert.StartsWith(
            $"{File("vgg-lpips-linear.pth")}: not LPIPS weights: it has 0 filters of 3x3; needed are",
            Refusal(File("vgg-lpips-linear.pth")),
            StringComparison.Ordinal);

    [Fact]
    public void Files_of_other_kinds_are_refused_in_one_line_that_names_them()
    {
        string[] others =
            [Golden.Path("commands", "commands.json"), File("lpips.npz"), _folder.Write("empty", []), Golden.Path("pickle", "plain-4.pkl")];
        foreach (string path in others)
        {
            string message = Refusal(path);
            Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
            Assert.DoesNotContain(message, char.IsControl);
        }
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_that_names_it()
    {
        string missing = _folder.File("none.pth");
        string both = $"{File("vgg16-torchvision.pth")},{missing}";
        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => LpipsWeights.Load(both)).Message, StringComparison.Ordinal);
    }

    private static string File(string name) => Golden.Path("lpips", name);

    private static string Refusal(string paths) => Assert.Throws<InvalidDataException>(() => LpipsWeights.Load(paths)).Message;

    private static void AssertTheWeights(LpipsWeights actual)
    {
        Assert.Equal(13, actual.Convolutions.Count);
        foreach (((NDArray Weight, NDArray Bias) expected, (NDArray Weight, NDArray Bias) found)
            in s_expected.Convolutions.Zip(actual.Convolutions))
        {
            AssertEqual(expected.Weight, found.Weight);
            AssertEqual(expected.Bias, found.Bias);
        }

        Assert.Equal(5, actual.Channels.Count);
        Assert.All(s_expected.Channels.Zip(actual.Channels), c => AssertEqual(c.First, c.Second));
    }

    private static void AssertEqual(NDArray expected, NDArray actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.Values<float>(), actual.Values<float>());
    }
}
