using DatasetTool.CommandLine;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Tests.Infrastructure;
using StyleGan2.Encoder.Watching;

namespace StyleGan2.Encoder.Tests.Watching;

/// <summary>The progress of a run where the output is a file or a pipe.</summary>
public sealed class RunViewTests : IDisposable
{
    private readonly SetTime _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Every_ten_seconds_a_line_says_how_far_the_picture_and_the_run_are()
    {
        RunView view = new(new ProgressDisplay(_output, _time), _time);
        view.Expect(3);
        Project(view, "a.png", steps: 45, TimeSpan.FromSeconds(1));
        string[] lines = Lines();
        Assert.Equal("a.png 10 / 45, distance 10, 1 steps/s, 35 s left; 0 done, 3 to come, 2 min 5 s left", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.Equal("a.png: distance 45, mean absolute error 2.50 of 255, 45.0 s", lines[4]);
    }

    [Fact]
    public void Time_left_for_all_follows_from_the_pictures_that_are_finished()
    {
        RunView view = new(new ProgressDisplay(_output, _time), _time);
        view.Expect(3);
        Project(view, "a.png", steps: 2, TimeSpan.FromSeconds(100));
        view.Begin("b.png", 2);
        _time.Now += TimeSpan.FromSeconds(50);
        view.Step("b.png", 1);
        _time.Now += TimeSpan.FromSeconds(50);
        view.Step("b.png", 1);
        Assert.Equal("b.png 2 / 2, distance 1, 0.02 steps/s, 0 s left; 1 done, 2 to come, 3 min 20 s left", Lines()[^1]);
    }

    [Fact]
    public void A_picture_that_goes_on_counts_the_steps_of_the_run_before()
    {
        RunView view = new(new ProgressDisplay(_output, _time), _time);
        view.Expect(1);
        view.Begin("a.png", 1000, 700);
        view.Step("a.png", 3);
        _time.Now += TimeSpan.FromSeconds(10);
        view.Step("a.png", 2);
        Assert.Equal("a.png 702 / 1000, distance 2, 0.1 steps/s, 49 min 40 s left; 0 done, 1 to come, 49 min 40 s left", Lines()[^1]);
    }

    [Fact]
    public void A_picture_that_fails_or_is_finished_already_is_no_longer_to_come()
    {
        RunView view = new(new ProgressDisplay(_output, _time), _time);
        view.Expect(3);
        view.PassedOver();
        view.Failed("b.png", "b.png: a failure that a test makes");
        view.Begin("c.png", 2);
        _time.Now += TimeSpan.FromSeconds(20);
        view.Step("c.png", 1);
        Assert.Equal("c.png 1 / 2, distance 1; 2 done, 1 to come", Assert.Single(Lines()));
    }

    [Fact]
    public void Pictures_projected_at_the_same_time_have_lines_of_their_own_and_share_the_time_left()
    {
        RunView view = new(new ProgressDisplay(_output, _time), _time);
        view.Expect(4);
        view.Begin("a.png", 100);
        view.Begin("b.png", 100);
        for (int step = 1; step <= 11; step++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            view.Step("a.png", 0.5);
            view.Step("b.png", 0.25);
        }

        Assert.Equal(2, Lines().Length);
        Assert.StartsWith(
            "a.png 10 / 100, distance 0.5, 1 steps/s, 1 min 30 s left; 0 done, 4 to come, ", Lines()[0], StringComparison.Ordinal);
        Assert.Equal("b.png 10 / 100, distance 0.25, 1 steps/s, 1 min 30 s left; 0 done, 4 to come, 3 min 10 s left", Lines()[1]);
        view.Finished(new ProjectedPicture("b.png", 0.25, null, TimeSpan.FromSeconds(100)));
        view.Begin("c.png", 100);
        _time.Now += TimeSpan.FromSeconds(10);
        view.Step("c.png", 0.125);
        view.Step("a.png", 0.5);
        Assert.StartsWith("a.png 12 / 100, distance 0.5", Lines()[^1], StringComparison.Ordinal);
    }

    private void Project(RunView view, string name, int steps, TimeSpan each)
    {
        view.Begin(name, steps);
        for (int step = 1; step <= steps; step++)
        {
            _time.Now += each;
            view.Step(name, step);
        }

        view.Finished(new ProjectedPicture(name, steps, 2.5, steps * each));
    }

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
