using Dnnlib.TfLib;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Networks;

/// <summary>A network in a graph and session of its own.</summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly Graph _graph = new();

    /// <summary>Opens the session and takes in the network.</summary>
    /// <param name="network">What the network's file holds.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <exception cref="NotSupportedException">The device asked for is not there.</exception>
    internal NetworkSession(NetworkState network, TfConfig config)
    {
        Session = TfUtil.InitTf(_graph, config);
        Network = new Network(Session, network);
    }

    internal Session Session { get; }

    internal Network Network { get; }

    public void Dispose()
    {
        Session.Dispose();
        _graph.Dispose();
    }
}
