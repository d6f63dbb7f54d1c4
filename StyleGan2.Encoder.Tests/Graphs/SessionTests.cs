using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Tests in a session on a graph of their own, which is the default graph.</summary>
public abstract class SessionTests : IDisposable
{
    private readonly IDisposable _default;

    private protected SessionTests(ExecutionProvider provider)
    {
        _default = Graph.AsDefault();
        Session = new Session(Graph, provider);
    }

    private protected Graph Graph { get; } = new();

    private protected Session Session { get; }

    public void Dispose()
    {
        Session.Dispose();
        _default.Dispose();
        Graph.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static float[] Floats(NDArray array) => array.Values<float>();
}
