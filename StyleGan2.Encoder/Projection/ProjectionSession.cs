using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Projection;

/// <summary>All that a projection needs, opened together: a session with a generator, a distance, and the projector.</summary>
public sealed class ProjectionSession : IDisposable
{
    private readonly NetworkSession _opened;
    private readonly ProjectionBatch _batch;
    private readonly TfConfig _config;

    /// <summary>Reads the files and sets up the projector.</summary>
    /// <param name="networkPkl">Network file; null for the bundled network.</param>
    /// <param name="vgg16Pkl">LPIPS weights; null measures with <see cref="PyramidDistance"/>.</param>
    /// <param name="options">Settings of the projection.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <param name="note">Receives lines about what is loaded.</param>
    /// <param name="label">The label of a network with labels; zeros if left out.</param>
    /// <param name="batchSize">How many pictures take their steps in one run of the graph.</param>
    /// <exception cref="ArgumentException">The network has no such label.</exception>
    /// <exception cref="InvalidDataException">The network or the LPIPS weights are not what they should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">
    /// The device asked for is not there, or the network's pictures are too small to be measured.
    /// </exception>
    public ProjectionSession(
        string? networkPkl,
        string? vgg16Pkl,
        ProjectorOptions options,
        TfConfig config,
        Action<string>? note = null,
        NetworkLabel? label = null,
        int batchSize = 1)
    {
        note?.Invoke($"Loading networks from \"{networkPkl ?? PretrainedNetworks.Bundled}\"...");
        NetworkState network = PretrainedNetworks.LoadNetworks(networkPkl).Gs;
        ImageDistance distance = ImageDistance.FromFile(vgg16Pkl);
        note?.Invoke($"Distance: {distance.Description}");
        _config = config;
        _opened = new NetworkSession(network, config);
        try
        {
            Label = (label ?? NetworkLabel.None).For(_opened.Network, note);
            _batch = new ProjectionBatch(_opened.Network, distance, options, Label, batchSize);
            Projector = new Projector(_batch, place: 0);
        }
        catch
        {
            _opened.Dispose();
            throw;
        }
    }

    /// <summary>Runs the projection.</summary>
    public Session Session => _opened.Session;

    /// <summary>The generator.</summary>
    public Network Network => _opened.Network;

    /// <summary>The label that the network is run with, [1, size]; null for zeros or a network without labels.</summary>
    public NDArray? Label { get; }

    /// <summary>Projects pictures, one after the other.</summary>
    public Projector Projector { get; }

    /// <summary>Projectors that work at the same time; <see cref="Projector"/> is one of them.</summary>
    /// <param name="count">How many batches of pictures are worked on at the same time; 0 for what is fastest.</param>
    /// <param name="pictures">How many pictures there are: no batch is empty.</param>
    /// <param name="note">Receives a line where there are several projectors.</param>
    internal ProjectionJobs Jobs(int count, int pictures, Action<string> note)
    {
        int threads = _config.IntraOpParallelismThreads;
        int wanted = count == 0 ? JobCount.Fastest(_config.Device, threads, Projector.Graph.Loss) : count;
        int jobs = Math.Max(1, Math.Min(wanted, (pictures + _batch.Places - 1) / _batch.Places));
        IEnumerable<ProjectionBatch> batches =
            jobs == 1 ? [_batch] : _batch.Fork(jobs, threads == 0 ? Environment.ProcessorCount : jobs * threads);
        Projector[] projectors = [.. batches.SelectMany(b => Enumerable.Range(0, b.Places).Select(place => new Projector(b, place)))];
        if (projectors.Length > 1)
        {
            note($"Projecting {projectors.Length} pictures at a time{(_batch.Places > 1 ? $", {_batch.Places} in a batch" : "")}");
        }

        return new ProjectionJobs(projectors);
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();
}
