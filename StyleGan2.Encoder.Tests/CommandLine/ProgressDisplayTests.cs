using DatasetTool.CommandLine;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.CommandLine;

/// <summary>Progress where the output is a file or a pipe.</summary>
public sealed class ProgressDisplayTests
{
    private readonly SetTime _time = new();

    [Fact]
    public void A_line_is_written_every_ten_seconds() =>
        Assert.Equal("Compared 10 / 25, 15 s left\nCompared 20 / 25, 5 s left\n", Written(task =>
        {
            for (int i = 0; i < 25; i++)
            {
                task.Report(i);
                _time.Now += TimeSpan.FromSeconds(1);
            }
        }));

    [Fact]
    public void After_two_minutes_a_line_is_written_every_minute() =>
        Assert.Equal(12 + 8, Written(task =>
        {
            for (int i = 0; i < 10 * 60; i++)
            {
                _time.Now += TimeSpan.FromSeconds(1);
                task.Report(i);
            }
        }).Count(c => c == '\n'));

    [Fact]
    public void Work_of_a_few_seconds_writes_no_line() =>
        Assert.Empty(Written(task =>
        {
            _time.Now += TimeSpan.FromSeconds(9);
            task.Advance();
        }));

    [Fact]
    public void A_state_takes_the_place_of_the_count() =>
        Assert.Equal("Compared Flushing data...\n", Written(task =>
        {
            _time.Now += TimeSpan.FromSeconds(10);
            task.Report(1, "Flushing data...");
        }));

    private string Written(Action<ShownTask> work)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using ShownTask task = new ProgressDisplay(output, _time).Begin("Compared", 25);
        work(task);
        return output.ToString();
    }
}
