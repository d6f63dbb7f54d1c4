using System.Globalization;

namespace DatasetTool.CommandLine;

/// <summary>
/// One of several shares of a list, which is dealt out item by item (<see cref="Has"/>) or cut into pieces (<see cref="PieceOf"/>).
/// </summary>
/// <param name="Index">Which share, from 0.</param>
/// <param name="Count">How many shares there are.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>What stands for the share that a cluster's engine gives this task.</summary>
    internal const string Auto = "auto";

    /// <summary>What a share may be, for errors.</summary>
    internal const string Rule = "I/N with I from 0 to N - 1, or auto in a Slurm job array or a Kubernetes Indexed Job";

    /// <summary>Index and number of tasks: Slurm's job arrays, and Kubernetes' Indexed Jobs, whose number the manifest must give.</summary>
    private static readonly (string Index, string First, string Count)[] s_engines =
    [
        ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"), ("JOB_COMPLETION_INDEX", "", "JOB_COMPLETION_COUNT"),
    ];

    /// <summary>Whether the share has an item, if it takes every <see cref="Count"/>th, beginning with item <see cref="Index"/>.</summary>
    /// <param name="position">The item's place in the list, from 0.</param>
    public bool Has(int position) => position % Count == Index;

    /// <summary>The share's items, if the list is cut into pieces of the same length, give or take one item.</summary>
    /// <param name="length">The list's length.</param>
    public Range PieceOf(int length) => (int)((long)length * Index / Count)..(int)((long)length * (Index + 1) / Count);

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";

    /// <summary>Reads a share as the command line gives it.</summary>
    /// <param name="text"><c>I/N</c> or <c>auto</c>.</param>
    /// <param name="variable">Environment variables.</param>
    /// <returns>Null where it is none, or where no engine has given one.</returns>
    internal static Shard? Parse(string text, Func<string, string?> variable)
    {
        string[] parts = text == Auto ? FromEngine(variable) : text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && index < count
                ? new Shard(index, count)
                : null;
    }

    private static string[] FromEngine(Func<string, string?> variable)
    {
        foreach ((string index, string first, string count) in s_engines)
        {
            if (long.TryParse(variable(index), CultureInfo.InvariantCulture, out long i) && variable(count) is { } n)
            {
                _ = long.TryParse(variable(first), CultureInfo.InvariantCulture, out long least);
                return [(i - least).ToString(CultureInfo.InvariantCulture), n];
            }
        }

        return [];
    }
}
