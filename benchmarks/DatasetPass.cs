using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using Training.Datasets;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A dataset, opened as training opens it, that is read batch by batch.</summary>
internal sealed class DatasetPass : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly TFRecordDataset _dataset;
    private readonly int _minibatch;

    internal DatasetPass(TFRecordDatasetOptions options, int minibatch)
    {
        _session = new Session(_graph);
        _dataset = new TFRecordDataset(_session, options);
        _minibatch = minibatch;
        _dataset.Configure(minibatch);
    }

    /// <summary>Reads batches, dropping each for the next as a training loop does.</summary>
    internal void Read(int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            (NDArray images, NDArray labels) = _dataset.GetMinibatchNp(_minibatch);
            images.Dispose();
            labels.Dispose();
        }
    }

    public void Dispose()
    {
        _dataset.Dispose();
        _session.Dispose();
        _graph.Dispose();
    }
}
