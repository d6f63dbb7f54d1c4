using System.Text;
using Dnnlib.Torch;
using StyleGan2.Encoder.Tests.Infrastructure;
using StyleGan2.Encoder.Tests.Torch;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Fuzzing;

/// <summary>
/// 100,000 changed files, the same in every run: each is read, or refused in one line, within its memory. The fuzzers in <c>fuzz</c> look
/// further.
/// </summary>
public sealed class MutatedFilesTests
{
    private const int Total = 100_000;
    private const int MemoryPerByte = 4;

    // What any file may use, the buffers of the readers, and those of the test itself.
    private const long ConstantMemory = 96 << 20;

    private static readonly string[] s_pickles =
        [.. Directory.GetFiles(Golden.Path("pickle"),
            "*.pkl").Concat(Directory.GetFiles(Golden.Path("fuzz", "pickle"))).Order(StringComparer.Ordinal)];

    private static readonly string[] s_torch = [.. Directory.GetFiles(Golden.Path("fuzz", "torch")).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Pickles => [.. s_pickles.Select(p => Path.GetRelativePath(Golden.Folder, p))];

    public static TheoryData<string> TorchFiles => [.. s_torch.Select(p => Path.GetRelativePath(Golden.Folder, p))];

    private static int CountOfEach => (Total / (s_pickles.Length + s_torch.Length + 1)) + 1;

    [Theory]
    [MemberData(nameof(Pickles))]
    public void Changed_pickles_are_read_or_refused_in_one_line(string sample)
    {
        Mutations mutations = new(File.ReadAllBytes(Golden.Path(sample)));
        for (int i = 0; i < CountOfEach; i++)
        {
            AssertReadOrRefused(mutations.Next(), open => _ = NetworkFile.Load(open, "bad").Networks);
        }
    }

    [Theory]
    [MemberData(nameof(TorchFiles))]
    public void Changed_files_of_PyTorch_are_read_or_refused_in_one_line(string sample)
    {
        Mutations mutations = new(File.ReadAllBytes(Golden.Path(sample)));
        for (int i = 0; i < CountOfEach; i++)
        {
            AssertReadOrRefused(mutations.Next(), open => TorchFile.LoadStateDict(open, "bad"));
        }
    }

    [Fact]
    public void Changed_pickles_in_zip_files_whose_check_sums_are_right_are_read_or_refused_in_one_line()
    {
        Mutations mutations = new(Encoding.Latin1.GetBytes(TorchSamples.StateDict(TorchSamples.Tensor("FloatStorage", 6, [2, 3], [3, 1]))));
        for (int i = 0; i < CountOfEach; i++)
        {
            AssertReadOrRefused(TorchSamples.Zip(Encoding.Latin1.GetString(mutations.Next()), new byte[24]),
                open => TorchFile.LoadStateDict(open, "bad"));
        }
    }

    private static void AssertReadOrRefused(byte[] file, Action<Func<Stream>> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(() => new MemoryStream(file));
        }
        catch (InvalidDataException e)
        {
            Assert.StartsWith("bad: ", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(e.Message, char.IsControl);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (MemoryPerByte * file.Length) + ConstantMemory);
    }
}
