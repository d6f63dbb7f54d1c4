using NumSharp;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Records;

namespace Samples.Library;

/// <summary>Reads a file of images as shuffled minibatches.</summary>
public static class ReadDataset
{
    /// <summary>Two passes over RGB images of 8 x 8 pixels with their labels, in minibatches of 32.</summary>
    public static Dataset Minibatches(string file, NDArray labels)
    {
        Dataset images = Dataset.TFRecord([file]).ParseImages(new ImageShape(3, 8, 8));
        return Dataset.Zip(images, Dataset.FromTensorSlices(labels))
            .Shuffle(bufferSize: 1000, seed: 7)
            .Repeat(2)
            .Map(e => [e[0].astype(typeof(float)) / 255f, e[1]], [(DataType.Float32, [3, 8, 8]), (DataType.Int64, [])], numParallelCalls: 2)
            .Prefetch(64)
            .Batch(32);
    }
}
