using System.Text.Json;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Tests.Projection;

/// <summary>A projection that the reference recorded, and a projector set up to repeat it.</summary>
internal sealed class RecordedProjection : IDisposable
{
    private readonly string _name;
    private readonly JsonElement _settings;
    private readonly JsonElement _scatter;
    private readonly Graph _graph = new();
    private readonly Session _session;

    internal RecordedProjection(string name)
    {
        _name = name;
        _settings = Golden.Json("projector", name, "projector.json");
        _scatter = Golden.Json("projector", name, "reference_scatter.json").GetProperty("relative_to_largest_value");
        Expected = Golden.Npz("projector", name, "expect.npz");
        _session = new Session(_graph);
        using IDisposable asDefault = _session.AsDefault();
        Network network = new(NetworkPickle.Load(Golden.Path("projector", name, "network.pkl")).Gs);
        Projector = new Projector(_session, network, new LpipsDistance(LpipsWeights.Load(Golden.Path("lpips", "lpips.pkl")), "lpips.pkl"), Options);
        Normals = _graph.GetTensorByName("dlatents_noise");
    }

    internal NpzFile Expected { get; }

    internal Projector Projector { get; }

    internal ProjectorOptions Options => new()
    {
        NumSteps = _settings.GetProperty("num_steps").GetInt32(),
        InitialLearningRate = _settings.GetProperty("initial_learning_rate").GetDouble(),
        InitialNoiseFactor = _settings.GetProperty("initial_noise_factor").GetDouble(),
        OpSeeds = new OpSeeds([.. Expected["initial_noise_seeds"].Values<long>().Chunk(2).Select(s => (s[0], s[1]))], (1, 1)),
    };

    internal int[] KeptAfterSteps => [.. _settings.GetProperty("kept_after_steps").EnumerateArray().Select(s => s.GetInt32())];

    /// <summary>The target as project_images gives it to the projector.</summary>
    internal NDArray Target
    {
        get
        {
            NDArray levels = Golden.Npy("projector", _name, "target_uint8.npy");
            return Array.ConvertAll(levels.Values<byte>(), l => (l * (2f / 255f)) - 1f).ToNDArray([1, .. levels.shape]);
        }
    }

    private Tensor Normals { get; }

    internal NDArray ProcessedTarget => _session.Run(Projector.Graph.ProcessedTarget, new FeedDict { [Projector.Graph.TargetIn] = Target });

    internal (float Distance, float Loss) Step(int step) => Projector.Step(new FeedDict { [Normals] = Expected["dlatent_normals"][step].Contiguous() });

    /// <summary>Pictures of 512 pixels are recorded at every eighth pixel.</summary>
    internal static NDArray AsRecorded(NDArray images) => images.shape[2] == 512 ? images[":, :, ::8, ::8"].Contiguous() : images;

    /// <summary>Within ten times how far the reference scatters from itself; where it does not, within 1e-6 of the largest value.</summary>
    internal void AssertAsRecorded(string name, NDArray actual)
    {
        double scatter = _scatter.GetProperty(name).GetDouble();
        Golden.AssertWithin(scatter == 0 ? 1e-6 : 10 * scatter, Expected[name], actual, $"{_name} {name}");
    }

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
        Expected.Dispose();
    }
}
