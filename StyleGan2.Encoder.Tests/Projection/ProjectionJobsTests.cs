using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Tests.Projection;

/// <summary>What becomes of all jobs when one ends early.</summary>
public sealed class ProjectionJobsTests
{
    private static readonly ProjectionJobs s_two = new([null!, null!]);

    [Fact]
    public void An_error_of_one_stops_the_others_and_is_thrown()
    {
        bool wasStopped = false;
        Exception error = Assert.Throws<IOException>(() => s_two.ForEach(
            [0, 1, 2],
            (picture, _, stop) =>
            {
                if (picture == 1)
                {
                    throw new IOException("no room");
                }

                wasStopped = stop.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
                throw new StoppedProjectionException("a.png", 3, 9, stop);
            },
            CancellationToken.None));
        Assert.Equal(("no room", true), (error.Message, wasStopped));
    }

    [Fact]
    public void Jobs_that_are_stopped_say_together_where()
    {
        using CancellationTokenSource source = new();
        StoppedException error = Assert.Throws<StoppedException>(() => s_two.ForEach(
            ["b.png", "a.png"],
            (picture, _, stop) =>
            {
                source.Cancel();
                throw new StoppedProjectionException(picture, 3, 9, stop);
            },
            source.Token));
        Assert.Matches(
            "^stopped at step 3 of 9 of [ab].png( and step 3 of 9 of b.png)?; run the same command again to go on from there$",
            error.Message);
    }

    [Fact]
    public void Each_picture_is_taken_once_in_order()
    {
        Lock gate = new();
        List<int> taken = [];
        s_two.ForEach(
            Enumerable.Range(0, 1000),
            (picture, _, _) =>
            {
                lock (gate)
                {
                    taken.Add(picture);
                }
            },
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, 1000), taken.Order());
    }

    [Theory]
    [InlineData(16, 100_000, 1_000, 16)]
    [InlineData(16, 5_000, 2_000, 4)]
    [InlineData(16, 100, 2_000, 1)]
    [InlineData(0, 100_000, 1_000, 1)]
    public void There_are_as_many_jobs_as_cores_or_as_fit_into_the_memory(int cores, long free, long behindLoss, int expected) =>
        Assert.Equal(expected, JobCount.Fitting(cores, free, behindLoss));

    [Fact]
    public void The_bytes_behind_a_loss_are_those_of_all_values_on_the_way_to_it()
    {
        using RecordedProjection recorded = new("r32");
        long images = 3L * 32 * 32 * sizeof(float), loss = JobCount.BytesBehind(recorded.Projector.Graph.Loss);
        Assert.InRange(loss, 20 * images, 2000 * images);
        Assert.True(JobCount.BytesBehind(recorded.Projector.Graph.Images) < loss);
    }
}
