using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary><c>--shard</c>: the share of the work that this process does.</summary>
public static class ShardOption
{
    private const string Name = "--shard";

    /// <summary>The option; its value is null if it is left out.</summary>
    /// <param name="description">What is divided.</param>
    public static Option<Shard?> Define(string description) => new(Name)
    {
        Description = $"{description}: I/N, the share I (from 0) of N, or auto, the share that Slurm or Kubernetes gives this task",
        HelpName = "I/N",
        CustomParser = result =>
        {
            Shard? shard = Shard.Parse(result.Tokens.Single().Value, Environment.GetEnvironmentVariable);
            if (shard is null)
            {
                result.Refuse(Name, Shard.Rule);
            }

            return shard;
        },
    };
}
