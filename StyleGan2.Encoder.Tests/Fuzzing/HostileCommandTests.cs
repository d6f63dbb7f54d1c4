using Fuzz.Inputs;
using Fuzz.Running;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Fuzzing;

/// <summary>
/// A few of the inputs that <c>fuzz</c> makes, of each kind: commands accept them or refuse them in one line, and leave nothing.
/// </summary>
public sealed class HostileCommandTests : IDisposable
{
    private const int OfEachKind = 2;

    /// <summary>Datasets of a fixed size, of which a small sample is refused even where it is whole.</summary>
    private static readonly string[] s_fixed = ["cifar", "mnist", "svhn", "pickle", "torch"];

    private static readonly ILookup<string, HostileInput> s_inputs = HostileInputs.All(each: 1).ToLookup(i => i.Kind);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => [.. s_inputs.Select(k => k.Key)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Inputs_of_every_kind_are_accepted_or_refused_in_one_line(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are measured on Linux only");
        HostileInput[] inputs = [.. s_inputs[kind]];
        int step = Math.Max(1, inputs.Length / OfEachKind);
        foreach (HostileInput input in inputs.Where((_, i) => i % step == 0))
        {
            Outcome outcome = Run(input);
            Assert.True(outcome.Verdict != Verdict.Crashed && outcome.End.Signal == 0 && outcome.Left.Length == 0, outcome.ToString());
            if (input.Name.EndsWith(Damage.Whole, StringComparison.Ordinal) && !s_fixed.Contains(kind))
            {
                Assert.True(outcome.Verdict != Verdict.Refused, outcome.ToString());
            }
        }
    }

    [Fact]
    public void Inputs_are_the_same_in_every_run()
    {
        HostileInput[] first = [.. HostileInputs.All(each: 2)], second = [.. HostileInputs.All(each: 2)];
        Assert.Equal(first.Select(i => (i.Kind, i.Name)), second.Select(i => (i.Kind, i.Name)));
        Assert.Equal(first.Length, first.DistinctBy(i => (i.Kind, i.Name)).Count());
        foreach (int i in Enumerable.Range(0, first.Length).Where(i => i % 40 == 0))
        {
            Assert.Equal(first[i].Files.Select(f => f.Content()), second[i].Files.Select(f => f.Content()));
        }
    }

    private Outcome Run(HostileInput input)
    {
        input.Write(input.Folder(_folder.Path));
        return InputRun.Of(input, input.Folder(_folder.Path), _folder.File(Path.Combine("runs", input.Kind, input.Name)));
    }
}
