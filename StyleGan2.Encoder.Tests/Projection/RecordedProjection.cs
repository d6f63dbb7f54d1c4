using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Comparison;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Projection;

/// <summary>A projection that the reference recorded, and a projector set up to repeat it.</summary>
internal sealed class RecordedProjection : IDisposable
{
    private readonly string _name;
    private readonly Recording _recording;
    private readonly Graph _graph = new();

    internal RecordedProjection(string name, ExecutionProvider? provider = null)
    {
        _name = name;
        _recording = new Recording(Golden.Path("projector", name));
        Session = new Session(_graph, provider ?? new CpuProvider(threads: 0));
        Network = new Network(Session, NetworkFile.Load(_recording.NetworkPkl).Gs);
        Projector = new Projector(Network, ImageDistance.FromFile(Golden.Path("lpips", "lpips.pkl")), Options);
    }

    internal Projector Projector { get; }

    internal Session Session { get; }

    internal Network Network { get; }

    internal ProjectorOptions Options => _recording.Options;

    internal IReadOnlySet<int> KeptAfterSteps => _recording.KeptAfterSteps;

    /// <summary>The target as project_images gives it to the projector.</summary>
    internal NDArray Target => _recording.Target;

    internal NDArray ProcessedTarget => Session.Run(Projector.Graph.ProcessedTarget, new FeedDict { [Projector.Graph.TargetIn] = Target });

    internal NDArray Expected(string name) => _recording.Value(name);

    internal ProjectionStep Step(int step) =>
        Projector.Step(new FeedDict { [Projector.Graph.DlatentsNoise] = Expected("dlatent_normals")[step].Contiguous() });

    /// <summary>Pictures of 512 pixels are recorded at every eighth pixel.</summary>
    internal static NDArray AsRecorded(NDArray images) => images.shape[2] == 512 ? images[":, :, ::8, ::8"].Contiguous() : images;

    /// <summary>Within ten times how far the reference scatters from itself; where it does not, within 1e-6 of the largest value.</summary>
    internal void AssertAsRecorded(string name, NDArray actual)
    {
        double scatter = _recording.Scatter(name) ?? throw new InvalidDataException($"{_name} has no scatter of {name}");
        Golden.AssertWithin(scatter == 0 ? 1e-6 : 10 * scatter, Expected(name), actual, $"{_name} {name}");
    }

    public void Dispose()
    {
        Session.Dispose();
        _graph.Dispose();
    }
}
