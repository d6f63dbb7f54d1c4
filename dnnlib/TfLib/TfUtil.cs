using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace Dnnlib.TfLib;

/// <summary>Opens sessions as the reference's programs do (<c>dnnlib.tflib.tfutil</c>).</summary>
public static class TfUtil
{
    /// <summary>Seeds NumPy's global stream and a graph, and opens a session on the graph (<c>init_tf</c>).</summary>
    /// <param name="graph">The graph; its random seed is set.</param>
    /// <param name="config">Seeds, device and threads; the defaults if left out.</param>
    /// <exception cref="NotSupportedException">The device asked for is not there; the message says what to install.</exception>
    public static Session InitTf(Graph graph, TfConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        config ??= new TfConfig();
        RandomState.Global = new RandomState(config.NpRandomSeed);
        graph.Seed = config.TfRandomSeed ?? RandomState.Global.Randint(1L << 31, 1).Values<long>()[0];
        return new Session(graph, config);
    }
}
