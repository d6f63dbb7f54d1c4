using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>A configuration of networks in a graph and session of its own, with what the reference made of it.</summary>
internal sealed class GoldenNetwork : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;
    private readonly NpzFile _golden;
    private readonly Lazy<Network> _gs;
    private readonly Lazy<Network> _d;

    /// <summary>Every configuration that was recorded.</summary>
    internal static TheoryData<string> All =>
        [.. Directory.EnumerateDirectories(Golden.Path("networks")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    internal GoldenNetwork(string configuration, ExecutionProvider? provider = null)
    {
        _golden = Golden.Npz("networks", configuration, "expect.npz");
        Session = new Session(_graph, provider ?? new CpuProvider(threads: 0));
        _default = _graph.AsDefault();
        Pickle = NetworkFile.Load(Golden.Path("networks", configuration, "network.pkl"));
        _gs = new Lazy<Network>(() => new Network(Session, Pickle.Gs));
        _d = new Lazy<Network>(() => new Network(Session, Pickle.D));
    }

    internal Session Session { get; }

    internal NetworkFile Pickle { get; }

    internal Network Gs => _gs.Value;

    internal Network D => _d.Value;

    internal NDArray Latents => _golden["latents"];

    internal NDArray? Labels => _golden.ContainsKey("labels") ? _golden["labels"] : null;

    /// <summary>The names of all that was recorded.</summary>
    internal IEnumerable<string> Names => _golden.Keys;

    internal NDArray this[string name] => _golden[name];

    public void Dispose()
    {
        _default.Dispose();
        Session.Dispose();
        _graph.Dispose();
        _golden.Dispose();
    }

    /// <summary>Runs a generator on the recorded latents, with the noise that its variables hold.</summary>
    internal NDArray Images(Network generator, EasyDict settings, ImageConversion? conversion = null) =>
        generator.Run([Latents, Labels], new NetworkRunOptions { OutputTransform = conversion },
            new EasyDict(settings) { ["randomize_noise"] = false })[0];

    /// <summary>Against double precision at most twice as far off as the reference, or 2e-6 of the largest value.</summary>
    internal void AssertAsExactAsTheReference(string reference, string exact, NDArray actual)
    {
        double ofReference = Golden.RelativeDifference(_golden[exact], _golden[reference]);
        Golden.AssertWithin(Math.Max(2 * ofReference, 2e-6), _golden[exact], actual, reference);
    }

    /// <summary>Within 2e-6 of the largest value, where there is nothing in double precision to be held against.</summary>
    internal void AssertTheReferences(string name, NDArray actual) => Golden.AssertWithin(2e-6, _golden[name], actual, name);
}
