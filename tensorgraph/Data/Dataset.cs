using System.Collections;
using NumSharp;
using TensorGraph.Data.Files;
using TensorGraph.Data.Transformations;
using TensorGraph.Graphs;
using TensorGraph.Records;

namespace TensorGraph.Data;

/// <summary>A sequence of elements, each of the same components (<c>tf.data.Dataset</c>). Nothing is read before it is iterated over; each transformation gives a new dataset.</summary>
/// <remarks>
/// In a graph, an <see cref="Iterator"/> gives elements as tensors. Outside, a dataset that takes no tensors is enumerated directly: an array for each component. Either way
/// an error while making an element is thrown where that element is asked for, and the next request goes on with the next element.
/// </remarks>
public abstract class Dataset : IEnumerable<NDArray[]>
{
    private protected Dataset(IReadOnlyList<(DataType DType, TensorShape Shape)> spec, params Dataset[] sources)
    {
        Spec = spec;
        Sources = sources;
    }

    /// <summary>Element type of each component.</summary>
    public IReadOnlyList<DataType> OutputTypes => [.. Spec.Select(s => s.DType)];

    /// <summary>Static shape of each component, -1 where a dimension varies.</summary>
    public IReadOnlyList<TensorShape> OutputShapes => [.. Spec.Select(s => s.Shape)];

    /// <summary>The tensors whose values the dataset takes when its initializer runs.</summary>
    public IReadOnlyList<Tensor> Inputs => [.. OwnInputs.Concat(Sources.SelectMany(s => s.Inputs)).Distinct()];

    internal IReadOnlyList<(DataType DType, TensorShape Shape)> Spec { get; }

    internal IReadOnlyList<Dataset> Sources { get; }

    private protected virtual IEnumerable<Tensor> OwnInputs => [];

    /// <summary>Rows of arrays along their first axis, which all have in common (<c>from_tensor_slices</c>).</summary>
    /// <exception cref="ArgumentException">There are none, one is a scalar, or their numbers of rows differ.</exception>
    public static Dataset FromTensorSlices(params NDArray[] arrays) => FromTensorSlicesDataset.Of(arrays);

    /// <summary>Rows of tensors along their first axis, which all have in common (<c>from_tensor_slices</c>); their values are taken when the initializer runs.</summary>
    /// <exception cref="ArgumentException">There are none, one is a scalar, or their numbers of rows differ.</exception>
    public static Dataset FromTensorSlices(params Tensor[] tensors) => FromTensorSlicesDataset.Of(tensors);

    /// <summary>The records of TFRecord files, one file after the other; each is a uint8 vector.</summary>
    /// <param name="files">Paths.</param>
    /// <param name="compression">How the files are compressed.</param>
    public static Dataset TFRecord(IReadOnlyList<string> files, CompressionType compression = CompressionType.None) => new TFRecordDataset(files, compression);

    /// <summary>Elements of several datasets side by side, as long as all have one.</summary>
    public static Dataset Zip(params Dataset[] datasets) => new ZipDataset(datasets);

    /// <summary>Each record as the image it holds (the reference's <c>map(parse_tfrecord_tf)</c>).</summary>
    /// <param name="shape">The shape that every image has.</param>
    /// <exception cref="ArgumentException">The dataset is not one of records.</exception>
    public Dataset ParseImages(ImageShape shape) => new ParseImagesDataset(this, shape);

    /// <summary>A function of each element, in order.</summary>
    /// <param name="function">Makes the components of the new element from those of the old.</param>
    /// <param name="output">Element type and static shape of each new component; those of the old where left out.</param>
    /// <param name="numParallelCalls">How many elements are worked on at once.</param>
    public Dataset Map(Func<NDArray[], NDArray[]> function, IReadOnlyList<(DataType DType, TensorShape Shape)>? output = null, int numParallelCalls = 1) =>
        new MapDataset(this, function, output ?? Spec, numParallelCalls);

    /// <summary>At most the first elements.</summary>
    /// <param name="count">How many; -1 for all.</param>
    public Dataset Take(long count) => new TakeDataset(this, count);

    /// <summary>Elements in random order, each drawn from a window that moves over the dataset; bit-equal to TensorFlow's order.</summary>
    /// <param name="bufferSize">Elements in the window.</param>
    /// <param name="seed">The operation's seed; null takes the number of operations in the graph so far.</param>
    /// <param name="reshuffleEachIteration">Whether each pass of a repetition has an order of its own.</param>
    public Dataset Shuffle(long bufferSize, long? seed = null, bool reshuffleEachIteration = true) =>
        new ShuffleDataset(this, bufferSize, Random.RandomSeeds.Of(Graph.Default.Seed, seed, Graph.Default.Operations.Count), reshuffleEachIteration);

    /// <summary>The dataset several times over.</summary>
    /// <param name="count">How many times; -1 for without end.</param>
    public Dataset Repeat(long count = -1) => new RepeatDataset(this, count);

    /// <summary>The same elements, made in the background before they are asked for.</summary>
    /// <param name="bufferSize">How many elements ahead; 0 for none.</param>
    public Dataset Prefetch(long bufferSize) => new PrefetchDataset(this, bufferSize);

    /// <summary>Consecutive elements stacked; the last batch may be smaller.</summary>
    /// <param name="batchSize">Elements in a batch.</param>
    /// <param name="numParallelCalls">How many elements are read into a batch at once.</param>
    public Dataset Batch(long batchSize, int numParallelCalls = 1) => new BatchDataset(this, batchSize, null, numParallelCalls);

    /// <inheritdoc cref="Batch(long, int)"/>
    /// <param name="batchSize">Elements in a batch, an int64 scalar whose value is taken when the initializer runs.</param>
    /// <param name="numParallelCalls">How many elements are read into a batch at once.</param>
    public Dataset Batch(Tensor batchSize, int numParallelCalls = 1) => new BatchDataset(this, 0, batchSize, numParallelCalls);

    /// <summary>Iterates over the elements outside of a graph.</summary>
    /// <exception cref="InvalidOperationException">The dataset takes tensors.</exception>
    public IEnumerator<NDArray[]> GetEnumerator() => new DatasetEnumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Begins a pass over the elements.</summary>
    internal abstract ElementStream Open(PipelineContext context);
}
