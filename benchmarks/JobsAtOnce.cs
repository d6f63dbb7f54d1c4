using Dnnlib.TfLib;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Projectors of one network that work at the same time, each on a thread of its own.</summary>
internal sealed class JobsAtOnce : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly IReadOnlyList<Projector> _projectors;

    /// <summary>Opens the network and begins a projection with each projector.</summary>
    /// <param name="resolution">Side of the pictures of a random generator at full width; null for the bundled network.</param>
    /// <param name="jobs">How many batches.</param>
    /// <param name="batch">How many pictures in each.</param>
    /// <param name="device">What runs them, <c>cpu</c> or <c>cuda</c>.</param>
    internal JobsAtOnce(int? resolution, int jobs, int batch, string device)
    {
        (Jobs, Batch) = (jobs, batch);
        _session = new Session(_graph, new SessionConfig { Device = device });
        Network network = resolution is { } side
            ? RandomModels.Generator(_session, side)
            : new Network(_session, PretrainedNetworks.LoadNetworks(null).Gs);
        ImageDistance distance = resolution is null ? new PyramidDistance() : new LpipsDistance(RandomModels.Lpips(), "random values");
        ProjectionBatch first = new(network, distance, new ProjectorOptions { NumSteps = int.MaxValue }, null, batch);
        _projectors =
        [
            .. first.Fork(jobs, Environment.ProcessorCount)
                .SelectMany(b => Enumerable.Range(0, batch).Select(place => new Projector(b, place))),
        ];
        int[] shape = [.. _projectors[0].ImageShape];
        foreach (Projector projector in _projectors)
        {
            projector.Start(RandomModels.Normal(new RandomState(3), 0.5, shape));
        }
    }

    /// <summary>How many batches there are.</summary>
    internal int Jobs { get; }

    /// <summary>How many pictures are in each.</summary>
    internal int Batch { get; }

    /// <summary>Takes so many steps with each projector.</summary>
    internal void Run(int steps)
    {
        using Barrier allAtOnce = new(_projectors.Count);
        new ProjectionJobs(_projectors).ForEach(
            Enumerable.Repeat(steps, _projectors.Count),
            (count, projector, stop) =>
            {
                using IDisposable part = projector.TakePart();
                allAtOnce.SignalAndWait(stop);
                for (int step = 0; step < count; step++)
                {
                    projector.Step();
                }
            },
            CancellationToken.None);
    }

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }
}
