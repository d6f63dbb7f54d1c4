using System.CommandLine;
using DatasetTool.CommandLine;
using Dnnlib.TfLib;

namespace StyleGan2.Encoder.Commands;

/// <summary>Flags that say where and with which seeds a command runs.</summary>
internal static class RuntimeSettings
{
    private static readonly Option<string> s_device = new Option<string>("--device")
    {
        Description = "What runs the networks: cpu or cuda",
        DefaultValueFactory = _ => "cpu",
    }.AcceptOnlyFromAmong("cpu", "cuda");

    private static readonly Option<int> s_threads = NumberOption.Of(
        "--threads", "Threads that one operation may use; 0: one for each core", 0, least: 0, most: Environment.ProcessorCount);

    private static readonly Option<int> s_jobs = NumberOption.Of(
        "--jobs", "Pictures projected at the same time; 0: one for each core as far as memory goes, on a GPU one", 0, least: 0, most: 1024);

    private static readonly Option<int> s_batchSize = NumberOption.Of(
        "--batch-size", "Pictures of each job that take their steps together, which is faster on a GPU", 1, least: 1, most: 1024);

    private static readonly Option<string> s_kernels = new Option<string>("--kernels")
    {
        Description = "Whose kernels the CPU runs: csharp (this program's where they are faster) or onnxruntime (none of this program's)",
        DefaultValueFactory = _ => new TfConfig().Kernels,
    }.AcceptOnlyFromAmong("csharp", "onnxruntime");

    private static readonly Option<uint> s_npSeed =
        NumberOption.Of("--np-random-seed", "Seed of NumPy's global stream", new TfConfig().NpRandomSeed);

    private static readonly Option<long?> s_tfSeed =
        NumberOption.Optional<long>("--tf-random-seed", "Seed of the graph; drawn from NumPy's stream if left out");

    internal static Command WithRuntimeSettings(this Command command)
    {
        command.Add(s_device);
        command.Add(s_threads);
        command.Add(s_kernels);
        command.Add(s_npSeed);
        command.Add(s_tfSeed);
        return command;
    }

    /// <summary>Adds the flags of a command that projects.</summary>
    internal static Command WithJobs(this Command command)
    {
        command.Add(s_jobs);
        command.Add(s_batchSize);
        return command;
    }

    /// <summary>How many pictures are projected at the same time; 0 for what is fastest.</summary>
    internal static int Jobs(ParseResult result) => result.GetValue(s_jobs);

    /// <summary>How many pictures of a job take their steps together.</summary>
    internal static int BatchSize(ParseResult result) => result.GetValue(s_batchSize);

    internal static TfConfig Read(ParseResult result) => new()
    {
        Device = result.GetRequiredValue(s_device),
        IntraOpParallelismThreads = result.GetValue(s_threads),
        Kernels = result.GetRequiredValue(s_kernels),
        NpRandomSeed = result.GetValue(s_npSeed),
        TfRandomSeed = result.GetValue(s_tfSeed),
    };
}
