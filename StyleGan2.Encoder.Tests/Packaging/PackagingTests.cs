using System.IO.Compression;
using System.Runtime.InteropServices;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Packaging;

/// <summary>The program as it is packed and published for this machine's system.</summary>
public sealed class PackagingTests : IDisposable
{
    private const long LargestPackage = 100_000_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly (string Project, string Id)[] s_tools =
    [
        ("StyleGan2.Encoder", "stylegan2-encoder"), ("dataset_tool", "stylegan2-dataset-tool"),
    ];

    private static readonly (string Project, string Id)[] s_libraries =
    [
        ("tensorgraph", "TensorGraph"), ("imaging", "Imaging"), ("dnnlib", "Dnnlib"), ("training", "Training"),
        ("dataset_tool", "StyleGan2.DatasetTool"), ("StyleGan2.Encoder", "StyleGan2.Encoder"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_packed_tools_install_from_a_folder_and_run()
    {
        foreach ((string project, string id) in s_tools)
        {
            await Pack(project);
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
    public async Task A_program_builds_with_the_packed_libraries_and_projects_with_the_network_that_they_bring()
    {
        foreach ((string project, string id) in s_libraries)
        {
            await Pack(project);
            AssertWhole(id);
        }

        await BuildWithPackages();
        string program = _folder.File("program/bin/Release/net10.0/Sample.dll");
        ToolResult result = await ToolProcess.RunFile(
            "dotnet", s_limit, program, Repository.File("samples", "portraits", "portrait-01.png"), _folder.File("found"));
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.True(File.Exists(_folder.File("found.png")));
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

    private Task Pack(string project) =>
        Build(
            "pack", project, $"-p:ToolPackageRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}", "-o", _folder.File("packages"));

    private void AssertWhole(string id)
    {
        string package = Directory.GetFiles(_folder.File("packages"), $"{id}.0.*.nupkg").Single();
        string[] names = Entries(package);
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        string library = Assert.Single(names, n => n.EndsWith(".dll", StringComparison.Ordinal));
        Assert.StartsWith("lib/net10.0/", library, StringComparison.Ordinal);
        Assert.Contains(Path.ChangeExtension(library, ".xml"), names);
        Assert.Contains(Path.ChangeExtension(library, ".pdb"), Entries(Path.ChangeExtension(package, ".snupkg")));
    }

    private static string[] Entries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(e => e.FullName)];
    }

    /// <summary>Builds the sample of README with the packages; what these depend on comes from the packages restored before.</summary>
    private async Task BuildWithPackages()
    {
        ToolResult cache = await ToolProcess.RunFile(
            "dotnet", s_limit, "nuget", "locals", "global-packages", "--list", "--force-english-output");
        string restored = cache.Output[(cache.Output.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        string folder = Directory.CreateDirectory(_folder.File("program")).FullName;
        File.Copy(Repository.File("samples", "Library", "ProjectOnePicture.cs"), Path.Combine(folder, "ProjectOnePicture.cs"));
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"),
            """
            using StyleGan2.Encoder.Projection;
            ProjectorOptions options = new() { NumSteps = 1 };
            Samples.Library.ProjectOnePicture.Run(args[0], args[1], options, new Progress<ProjectionStep>(), CancellationToken.None);
            """);
        File.WriteAllText(
            Path.Combine(folder, "Sample.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreSources>{_folder.File("packages")};{restored}</RestoreSources>
                <RestorePackagesPath>{_folder.File("restored")}</RestorePackagesPath>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="StyleGan2.Encoder" Version="*" />
              </ItemGroup>
            </Project>
            """);
        await DotnetCommand.Succeeds("build", folder, "-c", "Release", "-nologo", "-v", "q");
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
