using NumSharp;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Projection;

public sealed class ProjectorTests
{
    [Theory]
    [InlineData("r32")]
    [InlineData("r32-no-noise")]
    [InlineData("r512")]
    public void A_projection_with_the_recorded_random_numbers_goes_the_references_way(string name) =>
        AssertTrajectory(name, new CpuProvider(threads: 0));

    [Theory]
    [InlineData("r32")]
    [InlineData("r512")]
    public void A_projection_by_onnx_runtimes_kernels_goes_the_references_way(string name) =>
        AssertTrajectory(name, new CpuProvider(threads: 0, usesOwnKernels: false));

    [Fact]
    public void A_projection_on_a_device_whose_memory_the_host_cannot_read_goes_the_references_way() =>
        AssertTrajectory("r32", new HiddenMemoryProvider());

    [Fact]
    public void Steps_copy_no_variable_between_device_and_host()
    {
        HiddenMemoryProvider provider = new();
        using RecordedProjection recorded = new("r32", provider);
        recorded.Projector.Start(recorded.Target);
        recorded.Step(0);
        (int copiedIn, int copiedOut) = (provider.CopiedIn, provider.CopiedOut);
        recorded.Step(1);
        recorded.Step(2);
        Assert.Equal((copiedIn, copiedOut), (provider.CopiedIn, provider.CopiedOut));
        recorded.Projector.GetNoises();
        Assert.Equal(copiedOut + recorded.Projector.Graph.Noises.Length, provider.CopiedOut);
    }

    private static void AssertTrajectory(string name, ExecutionProvider provider)
    {
        using RecordedProjection recorded = new(name, provider);
        Projector projector = recorded.Projector;
        projector.Start(recorded.Target);
        recorded.AssertAsRecorded("initial_images", RecordedProjection.AsRecorded(projector.GetImages()));
        List<float> distances = [], losses = [];
        while (projector.CurrentStep < projector.Options.NumSteps)
        {
            ProjectionStep step = recorded.Step(projector.CurrentStep);
            distances.Add(step.Distance);
            losses.Add(step.Loss);
            if (recorded.KeptAfterSteps.Contains(projector.CurrentStep))
            {
                recorded.AssertAsRecorded($"step{projector.CurrentStep}_dlatents", projector.GetDlatents());
                recorded.AssertAsRecorded($"step{projector.CurrentStep}_images", RecordedProjection.AsRecorded(projector.GetImages()));
            }
        }

        recorded.AssertAsRecorded("dist", np.array(distances.ToArray()));
        recorded.AssertAsRecorded("loss", np.array(losses.ToArray()));
    }

    [Theory]
    [InlineData("r32")]
    [InlineData("r32-no-noise")]
    [InlineData("r512")]
    public void The_statistics_of_W_and_the_measured_target_are_the_references(string name)
    {
        using RecordedProjection recorded = new(name);
        recorded.AssertAsRecorded("dlatent_avg", recorded.Projector.Statistics.Average);
        Assert.Equal(
            recorded.Expected("dlatent_std").GetDouble(), recorded.Projector.Statistics.Std, 1e-6 * recorded.Projector.Statistics.Std);
        NDArray measured = recorded.ProcessedTarget;
        Golden.AssertWithin(
            1e-6, recorded.Expected("target_processed"), name == "r512" ? measured[":, :, ::8, ::8"] : measured, "target_processed");
    }

    [Theory]
    [InlineData("r32")]
    [InlineData("r32-no-noise")]
    public void Noise_maps_start_from_their_seeds_bit_for_bit(string name)
    {
        using RecordedProjection recorded = new(name);
        recorded.Projector.Start(recorded.Target);
        NDArray[] noises = recorded.Projector.GetNoises();
        for (int i = 0; i < noises.Length; i++)
        {
            Assert.Equal(recorded.Expected($"initial_noise{i}").tobytes(), noises[i].tobytes());
        }
    }

    [Theory]
    [InlineData("r32")]
    [InlineData("r32-no-noise")]
    public void The_first_step_whose_learning_rate_is_zero_normalises_noise_maps_bit_for_bit(string name)
    {
        using RecordedProjection recorded = new(name);
        recorded.Projector.Start(recorded.Target);
        recorded.Step(0);
        NDArray[] noises = recorded.Projector.GetNoises();
        for (int i = 0; i < noises.Length; i++)
        {
            Assert.Equal(recorded.Expected($"step1_noise{i}").tobytes(), noises[i].tobytes());
        }
    }

    [Theory]
    [InlineData("r32")]
    [InlineData("r32-no-noise")]
    [InlineData("r512")]
    public void The_schedule_is_the_references(string name)
    {
        using RecordedProjection recorded = new(name);
        ProjectionSchedule schedule = new(recorded.Options);
        double std = recorded.Expected("dlatent_std").GetDouble();
        for (int step = 0; step < recorded.Options.NumSteps; step++)
        {
            Assert.Equal(recorded.Expected("noise_strength").GetDouble(step), schedule.NoiseStrength(step, std), 1e-12);
            Assert.Equal(recorded.Expected("learning_rate").GetDouble(step), schedule.LearningRate(step), 1e-12);
        }
    }

    [Fact]
    public void A_projector_started_again_repeats_nothing_of_the_target_before()
    {
        using RecordedProjection recorded = new("r32");
        Projector projector = recorded.Projector;
        projector.Start(np.zeros(new Shape(1, 3, 32, 32), typeof(float)));
        recorded.Step(0);
        recorded.Step(1);
        projector.Start(recorded.Target);
        Assert.Equal(0, projector.CurrentStep);
        recorded.Step(0);
        recorded.AssertAsRecorded("step1_dlatents", projector.GetDlatents());
    }

    [Fact]
    public void A_projection_leaves_the_networks_noise_maps_as_they_are()
    {
        using RecordedProjection recorded = new("r32");
        NDArray before = recorded.Network.Components["synthesis"].GetVar("noise0");
        recorded.Projector.Start(recorded.Target);
        recorded.Step(0);
        Assert.Equal(before.tobytes(), recorded.Network.Components["synthesis"].GetVar("noise0").tobytes());
        Assert.NotEqual(before.tobytes(), recorded.Projector.GetNoises()[0].tobytes());
    }

    [Fact]
    public void A_projection_is_run_step_by_step_until_it_is_stopped()
    {
        using RecordedProjection recorded = new("r32");
        using CancellationTokenSource stop = new();
        ReportedSteps steps = new() { OnStep = StopAfterThird };
        Assert.Throws<OperationCanceledException>(() => recorded.Projector.Run(recorded.Target, steps, stop.Token));
        Assert.Equal([1, 2, 3], steps.Numbers);

        void StopAfterThird(int number)
        {
            if (number == 3)
            {
                stop.Cancel();
            }
        }
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void Pictures_smaller_than_the_distance_can_measure_are_refused(int minimumSize, bool isMeasured)
    {
        using RecordedProjection recorded = new("r32");
        NotSupportedException? error = (NotSupportedException?)Record.Exception(
            () => new Projector(recorded.Network, new DistanceFromSize(minimumSize), recorded.Options with { DlatentAvgSamples = 10 }));
        Assert.Equal(isMeasured ? null : "the network's pictures have 32 pixels a side; a distance needs at least 33", error?.Message);
    }

    private sealed class DistanceFromSize(int minimumSize) : ImageDistance
    {
        public override string Description => "a distance";

        public override int MinimumSize => minimumSize;

        public override IReadOnlyList<Tensor> Features(Tensor images) => [images];

        public override Tensor Between(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> others) =>
            tf.reduce_mean(tf.square(features[0] - others[0]), [1, 2, 3]);
    }
}
