using System.CommandLine;
using DatasetTool.CommandLine;
using StyleGan2.Encoder.Comparison;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary>
/// <c>compare</c> on the command line: a recording of the Python program replayed here, or two files or folders held against each other.
/// </summary>
internal static class CompareCommand
{
    private const double DefaultReplayBound = 1e-4;

    private static readonly Argument<string> s_expected =
        new("expected") { Description = "Folder made by samples/record_reference.py; or a .npy or picture file, or a folder of such" };
    private static readonly Argument<string?> s_actual =
        new("actual") { Description = "File or folder to hold against the first", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_vgg16Pkl =
        new("--vgg16-pkl") { Description = "LPIPS network pickle filename that the recording was made with" };

    private static readonly Option<double?> s_within = NumberOption.Optional<double>(
        "--within",
        $"Largest relative difference allowed (default: {FileComparison.DefaultBound} of files, "
        + $"{DefaultReplayBound} of a recording that has no scatter of its own)",
        least: 0);

    internal static Command Define() =>
        new Command("compare", "Hold results against those of the Python program") { s_expected, s_actual, s_vgg16Pkl, s_within }
            .WithExample("Replay a recording of the Python program", "stylegan2-encoder compare recording --vgg16-pkl vgg16.pkl")
            .WithExample("Compare the results of two runs", "stylegan2-encoder compare python-results results --within 1e-3")
            .WithRuntimeSettings().Counting((result, cancellation) =>
        {
            string expected = result.GetRequiredValue(s_expected);
            double bound = result.GetValue(s_within) ?? FileComparison.DefaultBound;
            bool isWithin = result.GetValue(s_actual) is not { } actual ? Replay(result, cancellation)
                : Directory.Exists(expected) && Directory.Exists(actual) ? CompareFolders(expected, actual, bound, cancellation)
                : CompareFiles(expected, actual, bound);
            Console.WriteLine(isWithin ? "Verdict: within" : "Verdict: NOT within");
            return isWithin ? 0 : 1;
        });

    private static bool CompareFiles(string expected, string actual, double bound)
    {
        (bool isWithin, string description) = FileComparison.Compare(expected, actual, bound);
        Console.WriteLine(description);
        return isWithin;
    }

    private static bool CompareFolders(string expected, string actual, double bound, CancellationToken cancellation)
    {
        int different = 0, count = 0;
        foreach ((bool isWithin, string description) in FolderComparison.Compare(expected, actual, bound))
        {
            cancellation.ThrowIfCancellationRequested();
            Console.WriteLine(isWithin ? description : $"{description}; NOT within");
            (different, count) = (different + (isWithin ? 0 : 1), count + 1);
        }

        Console.WriteLine($"{different} of {count} files are not within what is allowed");
        return different == 0;
    }

    private static bool Replay(ParseResult result, CancellationToken cancellation)
    {
        Recording recording = new(result.GetRequiredValue(s_expected));
        string vgg16Pkl = result.GetValue(s_vgg16Pkl)
            ?? throw new ArgumentException(
                $"{recording.Folder}: to replay a recording, give the LPIPS weights that it was made with by --vgg16-pkl");
        double bound = result.GetValue(s_within) ?? DefaultReplayBound;
        using ProjectionSession session = new(recording.NetworkPkl, vgg16Pkl, recording.Options, RuntimeSettings.Read(result));
        ReplayVerdict verdict = new(recording.HasScatter, bound);
        new RecordingReplay(recording, session).Run(values => Show(values, verdict), cancellation);
        Console.WriteLine(verdict.FirstDifferent is { } first ? $"Bits differ first {At(first)}" : "All bits are the same");
        Console.WriteLine(recording.HasScatter
            ? "Allowed is ten times how far the Python program scatters from itself, 1E-06 where it does not"
            : $"Allowed is {bound:0.0E+00}: the recording does not say how far the Python program scatters from itself");
        if (verdict.Worst is { } worst)
        {
            Console.WriteLine($"Nearest to what is allowed: {verdict.WorstShare:P1} of it {At(worst)}");
        }

        return verdict.IsWithin;
    }

    private static void Show(IReadOnlyList<ComparedValue> values, ReplayVerdict verdict)
    {
        foreach (ComparedValue value in values)
        {
            verdict.Add(value);
        }

        Console.WriteLine($"{When(values[0])}: {string.Join("; ", values.Select(Described))}");
    }

    private static string Described(ComparedValue value) =>
        value.Difference.Relative > 0 && value.Scatter is > 0 and { } scatter
            ? $"{value.Name} {value.Difference} ({value.Difference.Relative / scatter:F1} times its scatter)"
            : $"{value.Name} {value.Difference}";

    private static string At(ComparedValue value) =>
        $"at {(value.Step == 0 ? "the start" : When(value))}, in {value.Name} ({value.Difference})";

    private static string When(ComparedValue value) => value.Step == 0 ? "start" : $"step {value.Step}";
}
