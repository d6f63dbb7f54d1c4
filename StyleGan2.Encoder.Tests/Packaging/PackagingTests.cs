using System.Runtime.InteropServices;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Packaging;

/// <summary>The program as it is packed and published for this machine's system.</summary>
public sealed class PackagingTests : IDisposable
{
    private const long LargestPackage = 100_000_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_packed_tools_install_from_a_folder_and_run()
    {
        (string, string)[] tools = [("StyleGan2.Encoder", "StyleGan2.Encoder"), ("dataset_tool", "StyleGan2.DatasetTool")];
        foreach ((string project, string id) in tools)
        {
            await Build(
                "pack",
                project,
                $"-p:ToolPackageRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}",
                "-o",
                _folder.File("packages"));
            await DotnetCommand.Succeeds(
                "tool", "install", id, "--tool-path", _folder.File("tools"), "--source", _folder.File("packages"), "--no-http-cache");
        }

        Assert.All(
            new DirectoryInfo(_folder.File("packages")).GetFiles("*.nupkg"), package => Assert.InRange(package.Length, 1, LargestPackage));
        await ProjectsAPortrait(_folder.File("tools/stylegan2-encoder"));
        ToolResult help = await ToolProcess.RunFile(_folder.File("tools/stylegan2-dataset-tool"), s_limit, "--help");
        Assert.Contains("create_from_images", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_file_program_runs_from_another_folder()
    {
        await Build(
            "publish", "StyleGan2.Encoder", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "-p:PublishSingleFile=true", "-o", _folder.File("program"));
        Assert.Empty(Directory.GetFiles(_folder.File("program"), "*.dll"));
        Directory.Move(_folder.File("program"), _folder.File("elsewhere"));
        await ProjectsAPortrait(_folder.File("elsewhere/StyleGan2.Encoder"));
    }

    /// <summary>Builds from the sources in a folder of the test's own.</summary>
    private Task Build(string command, string project, params string[] arguments) =>
        DotnetCommand.Succeeds(
        [
            command, Repository.File(project), "-c", "Release", "-nologo", "-v", "q", "-p:RunAnalyzers=false",
            "--artifacts-path", _folder.File("build"), .. arguments,
        ]);

    private async Task ProjectsAPortrait(string program)
    {
        string source = Directory.CreateDirectory(_folder.File("portraits")).FullName;
        File.Copy(Repository.File("samples", "portraits", "portrait-01.png"), Path.Combine(source, "portrait-01.png"));
        ToolResult result = await ToolProcess.RunFile(
            program, s_limit, "project_images", source, _folder.File("results"), "--num-steps", "1");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.True(File.Exists(_folder.File("results/portrait-01.npy")));
    }
}
