using System.Globalization;
using Fuzz.Inputs;

namespace Fuzz.Running;

/// <summary>Gives many inputs to their commands and counts what comes of it.</summary>
internal static class CommandRuns
{
    private static readonly string[] s_columns =
        ["kind", "inputs", "refused in one line", "accepted", "crashes", "over 10 s", "over memory", "files left", "peak MB", "longest s"];

    /// <summary>Runs every input and writes a table.</summary>
    /// <remarks>
    /// Linux counts what a process had before it started another to the other. So this one stays small: the inputs are in files already.
    /// </remarks>
    /// <param name="inputs">The inputs.</param>
    /// <param name="corpus">The folder of their files.</param>
    /// <param name="findings">The folder that receives what should not be.</param>
    /// <returns>Whether nothing was found.</returns>
    internal static bool Run(IEnumerable<HostileInput> inputs, string corpus, string findings)
    {
        string work = Directory.CreateTempSubdirectory("stylegan2-fuzz-").FullName;
        List<Outcome> outcomes = [];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(inputs, parallel, input =>
        {
            Outcome outcome = RunOne(input, input.Folder(corpus), Path.Combine(work, Guid.NewGuid().ToString("N")), findings);
            lock (outcomes)
            {
                outcomes.Add(outcome);
            }
        });
        Directory.Delete(work, recursive: true);
        Write(outcomes);
        return !outcomes.Exists(o => o.IsFind);
    }

    /// <summary>Runs an input; a second time where it took long, as other work may have been in its way.</summary>
    private static Outcome RunOne(HostileInput input, string files, string folder, string findings)
    {
        Outcome outcome = InputRun.Of(input, files, folder);
        Directory.Delete(folder, recursive: true);
        if (outcome.Verdict == Verdict.Hung)
        {
            outcome = InputRun.Of(input, files, folder);
            Directory.Delete(folder, recursive: true);
        }

        if (outcome.IsFind)
        {
            Console.Error.WriteLine(outcome);
            Copy(files, input.Folder(findings));
        }

        return outcome;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static void Write(List<Outcome> outcomes)
    {
        Console.WriteLine($"| {string.Join(" | ", s_columns)} |");
        Console.WriteLine($"|{string.Concat(s_columns.Select(_ => " --- |"))}");
        foreach (IGrouping<string, Outcome> kind in outcomes.GroupBy(o => o.Input.Kind).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            WriteRow(kind.Key, [.. kind]);
        }

        WriteRow("all", outcomes);
    }

    private static void WriteRow(string kind, IReadOnlyList<Outcome> outcomes)
    {
        object[] cells =
        [
            kind, outcomes.Count, Count(Verdict.Refused), Count(Verdict.Accepted), Count(Verdict.Crashed), Count(Verdict.Hung),
            outcomes.Count(o => o.IsLarge), outcomes.Count(o => o.Left.Length > 0),
            outcomes.Max(o => o.End.PeakMemory) >> 20,
            outcomes.Max(o => o.End.Elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture),
        ];
        Console.WriteLine($"| {string.Join(" | ", cells)} |");

        int Count(Verdict verdict) => outcomes.Count(o => o.Verdict == verdict);
    }
}
