using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A projector at full width (config-f and VGG16) that has taken its first step.</summary>
internal sealed class TimedProjector : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly Projector _projector;

    internal TimedProjector(int resolution, SessionConfig config)
    {
        _session = new Session(_graph, config);
        LpipsDistance distance = new(RandomModels.Lpips(), "random values");
        _projector = new Projector(RandomModels.Generator(_session, resolution), distance);
        _projector.Start(RandomModels.Normal(new RandomState(3), 0.5, 1, 3, resolution, resolution));
        _projector.Step();
    }

    /// <summary>What a step runs.</summary>
    internal Operation StepOperation => _projector.Graph.Step;

    internal void Step() => _projector.Step();

    /// <summary>Reads the picture and its dlatents, as at the end of a projection.</summary>
    internal void Read()
    {
        _projector.GetImages();
        _projector.GetDlatents();
    }

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }
}
