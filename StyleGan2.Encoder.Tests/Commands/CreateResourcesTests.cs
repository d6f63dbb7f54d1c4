using System.Diagnostics;
using System.Globalization;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>create_from_images with little room on disk, and how much memory it takes.</summary>
public sealed class CreateResourcesTests : IDisposable
{
    private const string Program = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    public CreateResourcesTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the limits are set by a shell of Linux");

    private string Images => _folder.File("images");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(40, 0, "among the pictures")]
    [InlineData(20, 0, "at the end, when the last blocks are written")]
    [InlineData(8, 60_000, "when the labels are saved")]
    public async Task A_full_disk_is_one_line_and_leaves_nothing(int pictures, int largestClass, string when)
    {
        MakePictures(pictures, 128);
        string labels = _folder.Write(
            "labels.csv",
            System.Text.Encoding.ASCII.GetBytes(
                string.Concat(Enumerable.Range(0, pictures).Select(i => $"{i:D3}.ppm,{i * largestClass / (pictures - 1)}\n"))));
        string disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        const string Script = "mount -t tmpfs -o size=1m tmpfs \"$0\" || exit 77; \"$@\"; code=$?; ls -A \"$0\"; exit $code";
        ToolResult result = await Run(
            "unshare", ["--mount", "--map-root-user", "sh", "-c", Script, disk, .. Create(Path.Combine(disk, "set")), "--labels", labels]);
        Assert.SkipWhen(
            result.Error.Contains("unshare", StringComparison.Ordinal) || result.ExitCode == 77, "a small disk cannot be mounted here");
        Assert.True(result.ExitCode == 1, $"{when}: {result}");
        AssertOneLine(result, Path.Combine(disk, "set"), "No space left on device");
        Assert.DoesNotContain("set", result.Output.Split('\n')[^2..], StringComparer.Ordinal);
        Assert.DoesNotContain(".incomplete", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_may_not_grow_is_one_line_and_leaves_nothing()
    {
        MakePictures(40, 128);
        string target = _folder.File("set");
        ToolResult result = await Run(
            "bash", ["-c", "trap '' XFSZ; ulimit -f 1024; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "bash", .. Create(target)]);
        AssertOneLine(result, target, "too large for the file system");
        Assert.Equal([Images], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_number_of_pictures()
    {
        const int Count = 120, Size = 1024, Workers = 2;
        MakePictures(Count, Size);
        using Process process = ToolProcess.Start(Program, "create_from_images", _folder.File("set"), Images, "--workers", $"{Workers}");
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        long largest = 0;
        while (!process.HasExited)
        {
            largest = Math.Max(largest, PeakMemory(process.Id));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, process.ExitCode);
        Assert.EndsWith($"Added {Count} images.\n", await output, StringComparison.Ordinal);
        Assert.InRange(largest, 1, (300L << 20) + (Workers * 8 * 3 * Size * Size));
    }

    private static void AssertOneLine(ToolResult result, string target, string problem)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {target}: the dataset cannot be written (", result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith("); make room for it or choose another folder", result.ErrorLine, StringComparison.Ordinal);
    }

    /// <summary>The most memory that a process has had, in bytes; 0 once it has ended.</summary>
    private static long PeakMemory(int process)
    {
        try
        {
            IEnumerable<string> lines = File.ReadLines($"/proc/{process}/status");
            string line = lines.FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) ?? "VmHWM: 0 kB";
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private string[] Create(string target) =>
        ["dotnet", Path.Combine(AppContext.BaseDirectory, $"{Program}.dll"), "create_from_images", target, Images, "--shuffle", "0"];

    /// <summary>Names for one picture file, which is there once.</summary>
    private void MakePictures(int count, int size)
    {
        Directory.CreateDirectory(Images);
        byte[] pixels = new byte[3 * size * size];
        new System.Random(1).NextBytes(pixels);
        string picture = _folder.Write("images/000.ppm", [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{size} {size}\n255\n"), .. pixels]);
        for (int i = 1; i < count; i++)
        {
            File.CreateSymbolicLink(_folder.File($"images/{i:D3}.ppm"), picture);
        }
    }

    private static async Task<ToolResult> Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolResult(process.ExitCode, await output, await error);
    }
}
