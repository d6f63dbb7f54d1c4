using System.Reflection;
using PublicApiGenerator;
using StyleGan2.Encoder.Tests.Architecture;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Documentation;

/// <summary>The public members of each library are those of docs/api.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void The_public_members_are_those_that_are_checked_in()
    {
        ApiGeneratorOptions options = new() { IncludeAssemblyAttributes = false };
        Dictionary<string, string> lists = CompiledCode.Assemblies.ToDictionary(
            name => $"{name}.txt", name => $"{Assembly.Load(name).GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd()}\n");
        CheckedInText.AssertFolder(Repository.File("docs", "api"), "*.txt", lists);
    }
}
