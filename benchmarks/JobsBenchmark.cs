using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Pictures a minute by how many are projected at the same time.</summary>
internal static class JobsBenchmark
{
    private const double StepsOfPicture = 1000, SecondsOfMinute = 60;

    internal static Command Command()
    {
        Option<int?> resolution = new("--resolution")
        {
            Description = "Side of the pictures of a random generator at full width, measured with VGG16 (default: the bundled network)",
        };
        Option<int> steps = new("--steps") { DefaultValueFactory = _ => 50, Description = "Steps that each picture takes in a round" };
        Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 3, Description = "How often each is timed, in turn" };
        Option<int[]> jobs = new("--jobs")
        {
            DefaultValueFactory = _ => [1, Environment.ProcessorCount],
            Description = "How many pictures are projected at the same time",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int[]> batch = new("--batch")
        {
            DefaultValueFactory = _ => [1],
            Description = "How many pictures of each job take their steps together",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> device = new("--device") { DefaultValueFactory = _ => "cpu", Description = "cpu or cuda" };
        Command command = new("jobs", "Prints pictures of 1000 steps a minute by how many are projected at the same time.")
        {
            resolution, steps, rounds, jobs, batch, device,
        };
        command.SetAction(parsed =>
        {
            IEnumerable<JobsAtOnce> all = parsed.GetRequiredValue(jobs).SelectMany(
                _ => parsed.GetRequiredValue(batch),
                (j, b) => new JobsAtOnce(parsed.GetValue(resolution), j, b, parsed.GetRequiredValue(device)));
            Measure([.. all], parsed.GetValue(steps), parsed.GetValue(rounds));
        });
        return command;
    }

    private static void Measure(JobsAtOnce[] all, int steps, int rounds)
    {
        Contestant[] contestants = [.. all.Select(a => new Contestant($"{a.Jobs} x {a.Batch}", () => a.Run(steps)))];
        Contestant.Compete(rounds, contestants);
        Console.WriteLine("| jobs | batch | pictures a minute | of the first line |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach ((JobsAtOnce one, Contestant contestant) in all.Zip(contestants))
        {
            double rate = Rate(one, contestant), first = Rate(all[0], contestants[0]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {one.Jobs} | {one.Batch} | {rate:G3} | {rate / first:F2} |"));
        }

        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"peak memory of all lines together {process.PeakWorkingSet64 / 1e6:F0} MB"));
        Array.ForEach(all, a => a.Dispose());

        double Rate(JobsAtOnce one, Contestant contestant) =>
            one.Jobs * one.Batch * steps / StepsOfPicture / contestant.Least * SecondsOfMinute;
    }
}
