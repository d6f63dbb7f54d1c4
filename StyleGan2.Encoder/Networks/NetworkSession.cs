using Dnnlib.TfLib;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Networks;

/// <summary>A network in a graph and session of its own, which are the default ones until disposed.</summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;

    /// <summary>Opens the session and takes in the network.</summary>
    /// <param name="network">What the network's file holds.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <exception cref="NotSupportedException">The device asked for is not there.</exception>
    internal NetworkSession(NetworkState network, TfConfig config)
    {
        Session = TfUtil.InitTf(_graph, config);
        _default = Session.AsDefault();
        Network = new Network(network);
    }

    internal Session Session { get; }

    internal Network Network { get; }

    public void Dispose()
    {
        _default.Dispose();
        Session.Dispose();
        _graph.Dispose();
    }
}
