using System.Buffers.Binary;
using DatasetTool.Sources;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>create_lsun, create_lsun_wide and create_from_hdf5 as their user runs them.</summary>
public sealed class LsunAndHdf5CommandTests : IDisposable
{
    private const string Program = "dataset_tool";
    private const string Problem = "record 05: not a picture (neither PNG, JPEG, WebP, BMP, TIFF nor PNM); remove it";

    private static readonly string s_lsun = Golden.Path("dataset", "lsun", "lmdb");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("5")]
    public async Task Squares_of_LSUN_are_the_recorded_bytes(string workers)
    {
        string target = _folder.File("square");
        ToolResult result = await Run("create_lsun", target, s_lsun, "--resolution", "32", "--workers", workers);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string lines = $"Loading LSUN dataset from \"{s_lsun}\"\nCreating dataset \"{target}\"\n{s_lsun}, {Problem}\nAdded 6 images.\n";
        Assert.Equal(lines, result.Output);
        AssertRecorded(Golden.Path("dataset", "lsun", "square"), target);
    }

    [Fact]
    public async Task Wide_pictures_of_LSUN_are_the_recorded_bytes()
    {
        string target = _folder.File("wide");
        ToolResult result = await Run("create_lsun_wide", target, s_lsun, "--width", "64", "--height", "48");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(
            $"Loading LSUN dataset from \"{s_lsun}\"\nCreating dataset \"{target}\"\n{s_lsun}, {Problem}\nAdded 5 images.\n",
            result.Output);
        AssertRecorded(Golden.Path("dataset", "lsun", "wide"), target);
    }

    [Fact]
    public async Task No_more_images_are_taken_than_asked_for()
    {
        ToolResult result = await Run("create_lsun", _folder.File("out"), s_lsun, "--resolution", "16", "--max_images", "2");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.EndsWith("\nAdded 2 images.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_of_HDF5_are_the_recorded_bytes()
    {
        string target = _folder.File("tfrecords"), source = Golden.Path("dataset", "hdf5", "set.h5");
        ToolResult result = await Run("create_from_hdf5", target, source);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal($"Loading HDF5 archive from \"{source}\"\nCreating dataset \"{target}\"\nAdded 6 images.\n", result.Output);
        AssertRecorded(Golden.Path("dataset", "hdf5", "tfrecords"), target);
    }

    [Theory]
    [InlineData("create_lsun")]
    [InlineData("create_lsun_wide")]
    public async Task A_database_that_is_missing_is_one_line(string command) =>
        await AssertFails($"{_folder.File("in")}/data.mdb: no such file; give the place where it is", command, _folder.File("in"));

    [Fact]
    public async Task A_file_that_is_no_database_is_one_line()
    {
        string file = Write("data.mdb", new byte[5000]);
        await AssertFails($"{file}: not an LMDB database; give a folder of LSUN", "create_lsun", _folder.File("in"));
    }

    [Fact]
    public async Task A_database_that_is_cut_off_is_one_line()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(s_lsun, "data.mdb"));
        string file = Write("data.mdb", whole[..(whole.Length / 2)]);
        ToolResult result = await Run("create_lsun", _folder.File("out"), _folder.File("in"), "--resolution", "32");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            $"Error: {file}: the LMDB database is damaged: it is cut off: {whole.Length / 2} bytes, where ",
            result.ErrorLine,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void A_database_with_a_byte_changed_is_read_or_refused()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(s_lsun, "data.mdb"));
        for (int at = 0; at < whole.Length; at += at < 3 * 4096 ? 1 : 173)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0xff;
            Write("data.mdb", changed);
            try
            {
                using LmdbFile database = new(_folder.File("in"));
                Assert.InRange(database.Records().Sum(r => (long)r.Value.Length), 0, 2 * whole.Length);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith(_folder.File("in/data.mdb"), error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(2, "page 2 is not the page of a tree")]
    [InlineData(30, "is in the tree more than once")]
    [InlineData(60000, "it says that it has 7 records in a tree of depth 60000")]
    public void A_tree_that_leads_back_to_itself_is_refused(ushort depth, string problem)
    {
        const int PageSize = 4096, Meta = PageSize + 16;
        byte[] changed = File.ReadAllBytes(Path.Combine(s_lsun, "data.mdb"));
        int root = BinaryPrimitives.ReadInt32LittleEndian(changed.AsSpan(Meta + 112)), page = root * PageSize;
        BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(Meta + 78), depth);
        changed[page + 10] = 1;
        for (int at = page + 16; at < page + BinaryPrimitives.ReadUInt16LittleEndian(changed.AsSpan(page + 12)); at += 2)
        {
            BinaryPrimitives.WriteInt64LittleEndian(
                changed.AsSpan(page + BinaryPrimitives.ReadUInt16LittleEndian(changed.AsSpan(at))), root);
        }

        Write("data.mdb", changed);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
        {
            using LmdbFile database = new(_folder.File("in"));
            return database.Records().Count();
        });
        Assert.Contains(problem.Replace("page 2", $"page {root}", StringComparison.Ordinal), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_that_are_all_too_small_are_one_line()
    {
        ToolResult result = await Run("create_lsun_wide", _folder.File("out"), s_lsun, "--width", "4096", "--height", "8");
        string line = $"Error: {s_lsun}: none of its 7 records is a picture that is large enough; give another folder or a smaller size";
        Assert.Equal((1, line), (result.ExitCode, result.ErrorLine));
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task An_archive_that_is_missing_is_one_line() =>
        await AssertFails(
            $"{_folder.File("in/set.h5")}: no such file; give the place where it is", "create_from_hdf5", _folder.File("in/set.h5"));

    [Fact]
    public async Task A_file_that_is_not_HDF5_is_one_line()
    {
        string file = Write("set.h5", "hello"u8.ToArray());
        await AssertFails($"{file}: not an HDF5 file; give an archive of images in HDF5", "create_from_hdf5", file);
    }

    [Fact]
    public async Task An_archive_that_is_cut_off_is_one_line()
    {
        byte[] whole = File.ReadAllBytes(Golden.Path("dataset", "hdf5", "set.h5"));
        string file = Write("set.h5", whole[..^100]);
        await AssertFails(
            $"{file}: the HDF5 file is cut off: {whole.Length - 100} bytes of {whole.Length}; get a whole copy of it",
            "create_from_hdf5",
            file);
    }

    [Fact]
    public async Task Labels_for_other_images_are_one_line()
    {
        string file = Write("set.h5", File.ReadAllBytes(Golden.Path("dataset", "hdf5", "set.h5")));
        File.Copy(Golden.Path("dataset", "reads", "00-labels.npy"), _folder.File("in/set-labels.npy"));
        ToolResult result = await Run("create_from_hdf5", _folder.File("out"), file);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {_folder.File("in/set-labels.npy")}: labels of shape [", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Theory]
    [InlineData("create_lsun", "--resolution", "48")]
    [InlineData("create_lsun", "--max_images", "0")]
    [InlineData("create_lsun_wide", "--width", "500")]
    [InlineData("create_lsun_wide", "--width", "64", "--height", "65")]
    [InlineData("create_from_hdf5", "--shuffle", "yes")]
    public async Task Wrong_usage_has_its_own_exit_code(string command, params string[] options)
    {
        ToolResult result = await Run([command, _folder.File("out"), s_lsun, .. options]);
        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("Error: ", result.Error, StringComparison.Ordinal);
    }

    private static Task<ToolResult> Run(params string[] arguments) => ToolProcess.Run(Program, arguments);

    private static void AssertRecorded(string expected, string actual)
    {
        string[] names = [.. Directory.GetFiles(expected).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.GetFiles(actual).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(
            names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, name)), File.ReadAllBytes(Path.Combine(actual, name))));
    }

    private async Task AssertFails(string problem, string command, string source)
    {
        ToolResult result = await Run(command, _folder.File("out"), source);
        Assert.Equal((1, $"Error: {problem}"), (result.ExitCode, result.ErrorLine));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path), entry => entry != _folder.File("in"));
    }

    private string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(_folder.File("in"));
        return _folder.Write(Path.Combine("in", name), content);
    }
}
