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
    /// <param name="jobs">How many projectors.</param>
    internal JobsAtOnce(int? resolution, int jobs)
    {
        _session = new Session(_graph);
        Network network = resolution is { } side
            ? RandomModels.Generator(_session, side)
            : new Network(_session, PretrainedNetworks.LoadNetworks(null).Gs);
        ImageDistance distance = resolution is null ? new PyramidDistance() : new LpipsDistance(RandomModels.Lpips(), "random values");
        Projector first = new(network, distance, new ProjectorOptions { NumSteps = int.MaxValue });
        _projectors = first.Fork(jobs, Environment.ProcessorCount);
        int[] shape = [.. first.ImageShape];
        foreach (Projector projector in _projectors)
        {
            projector.Start(RandomModels.Normal(new RandomState(3), 0.5, shape));
        }
    }

    /// <summary>How many projectors there are.</summary>
    internal int Jobs => _projectors.Count;

    /// <summary>Takes so many steps with each projector.</summary>
    internal void Run(int steps) => new ProjectionJobs(_projectors).ForEach(
        Enumerable.Repeat(steps, Jobs),
        (count, projector, _) =>
        {
            for (int step = 0; step < count; step++)
            {
                projector.Step();
            }
        },
        CancellationToken.None);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }
}
