using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Tests.CommandLine;

/// <summary>Shares of a list, as <c>--shard</c> takes them.</summary>
public sealed class ShardTests
{
    [Theory]
    [InlineData("0/1", 0, 1)]
    [InlineData("3/4", 3, 4)]
    [InlineData("0/1000000", 0, 1000000)]
    public void A_share_is_its_index_and_their_number(string text, int index, int count) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(text, _ => null));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1/1")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("0/0")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    [InlineData("0/99999999999")]
    [InlineData("auto")]
    public void Anything_else_is_none(string text) => Assert.Null(Shard.Parse(text, _ => null));

    [Fact]
    public void Every_item_is_in_exactly_one_share()
    {
        Shard[] shards = [.. Enumerable.Range(0, 7).Select(i => new Shard(i, 7))];
        Assert.All(Enumerable.Range(0, 100), position => Assert.Single(shards, s => s.Has(position)));
    }

    [Theory]
    [InlineData(100, 7)]
    [InlineData(2, 5)]
    [InlineData(int.MaxValue, 1000)]
    public void The_pieces_follow_one_another_and_are_of_one_length_give_or_take_one(int length, int count)
    {
        Range[] pieces = [.. Enumerable.Range(0, count).Select(i => new Shard(i, count).PieceOf(length))];
        Assert.Equal(pieces[1..].Select(p => p.Start.Value).Prepend(0), pieces[..^1].Select(p => p.End.Value).Prepend(0));
        Assert.Equal(length, pieces[^1].End.Value);
        Assert.All(pieces, p => Assert.InRange(p.End.Value - p.Start.Value, length / count, (length / count) + 1));
    }

    [Fact]
    public void Slurms_array_tasks_count_from_their_first() =>
        Assert.Equal(
            new Shard(2, 4),
            Parse(("SLURM_ARRAY_TASK_ID", "12"), ("SLURM_ARRAY_TASK_MIN", "10"), ("SLURM_ARRAY_TASK_COUNT", "4")));

    [Fact]
    public void Kubernetes_pods_have_an_index_and_the_manifest_gives_their_number()
    {
        Assert.Equal(new Shard(7, 8), Parse(("JOB_COMPLETION_INDEX", "7"), ("JOB_COMPLETION_COUNT", "8")));
        Assert.Null(Parse(("JOB_COMPLETION_INDEX", "7")));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("x")]
    [InlineData("-1")]
    public void An_engines_numbers_that_do_not_fit_are_no_share(string index) =>
        Assert.Null(Parse(("SLURM_ARRAY_TASK_ID", index), ("SLURM_ARRAY_TASK_COUNT", "4")));

    private static Shard? Parse(params (string Name, string Value)[] variables) =>
        Shard.Parse("auto", name => variables.FirstOrDefault(v => v.Name == name).Value);
}
