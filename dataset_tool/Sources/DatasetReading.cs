using NumSharp;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using Training.Datasets;

namespace DatasetTool.Sources;

/// <summary>Reads the images of a dataset one after the other, in the order of its files.</summary>
internal sealed class DatasetReading : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly TFRecordDataset _dataset;

    /// <summary>Opens a dataset and says so.</summary>
    /// <param name="tfrecordDir">Its folder.</param>
    /// <param name="maxLabelSize">How many components of the labels are read.</param>
    /// <exception cref="InvalidDataException">There is no such folder.</exception>
    internal DatasetReading(string tfrecordDir, int maxLabelSize)
    {
        Console.WriteLine($"Loading dataset \"{tfrecordDir}\"");
        if (!Directory.Exists(tfrecordDir))
        {
            throw new InvalidDataException($"{tfrecordDir}: no such folder; give the folder that holds the .tfrecords files");
        }

        _session = new Session(_graph);
        _dataset = new TFRecordDataset(
            _session,
            new TFRecordDatasetOptions
            {
                TfrecordDir = tfrecordDir,
                MaxLabelSize = maxLabelSize,
                Repeat = false,
                ShuffleMb = 0,
                PrefetchMb = 64,
            });
    }

    /// <summary>Width and height of the images.</summary>
    internal int Resolution => _dataset.Shape[1];

    /// <summary>The next image [1, C, H, W] and its label [1, components]; null at the end.</summary>
    internal (NDArray Image, NDArray Label)? Next()
    {
        try
        {
            return _dataset.GetMinibatchNp(1);
        }
        catch (OutOfRangeException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dataset.Dispose();
        _session.Dispose();
        _graph.Dispose();
    }
}
