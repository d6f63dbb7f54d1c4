using System.Collections;
using System.Runtime.CompilerServices;
using NumSharp;
using TensorGraph.Data.Elements;
using TensorGraph.Data.Transformations;
using TensorGraph.Graphs;
using TensorGraph.Random;
using TensorGraph.Records;

namespace TensorGraph.Data;

/// <summary>
/// A sequence of elements, each of the same components (<c>tf.data.Dataset</c>). Nothing is read before it is iterated over; each
/// transformation gives a new dataset.
/// </summary>
/// <remarks>
/// In a graph, an <see cref="Iterator"/> gives elements as tensors. Outside, a dataset that takes no tensors is enumerated directly: an
/// array for each component. Either way
/// an error while making an element is thrown where that element is asked for, and the next request goes on with the next element.
/// </remarks>
public sealed class Dataset : IEnumerable<NDArray[]>
{
    private Dataset(ElementSource elements) => Elements = elements;

    /// <summary>Element type of each component.</summary>
    public IReadOnlyList<DataType> OutputTypes => [.. Elements.Spec.Select(s => s.DType)];

    /// <summary>Static shape of each component, -1 where a dimension varies.</summary>
    public IReadOnlyList<TensorShape> OutputShapes => [.. Elements.Spec.Select(s => s.Shape)];

    /// <summary>The tensors whose values the dataset takes when its initializer runs.</summary>
    public IReadOnlyList<Tensor> Inputs => [.. Elements.Inputs];

    internal ElementSource Elements { get; }

    /// <summary>Rows of arrays along their first axis, which all have in common (<c>from_tensor_slices</c>).</summary>
    /// <exception cref="ArgumentException">There are none, one is a scalar, or their numbers of rows differ.</exception>
    public static Dataset FromTensorSlices(params NDArray[] arrays) => new(TensorSlices.Of(arrays));

    /// <summary>
    /// Rows of tensors along their first axis, which all have in common (<c>from_tensor_slices</c>); their values are taken when the
    /// initializer runs.
    /// </summary>
    /// <exception cref="ArgumentException">There are none, one is a scalar, or their numbers of rows differ.</exception>
    public static Dataset FromTensorSlices(params Tensor[] tensors) => new(TensorSlices.Of(tensors));

    /// <summary>The records of TFRecord files, one file after the other; each is a uint8 vector.</summary>
    /// <param name="files">Paths.</param>
    /// <param name="compression">How the files are compressed; null to find out, file by file.</param>
    public static Dataset TFRecord(IReadOnlyList<string> files, CompressionType? compression = CompressionType.None) =>
        new(new TFRecordFiles(files, compression));

    /// <summary>Elements of several datasets side by side, as long as all have one.</summary>
    public static Dataset Zip(params Dataset[] datasets) => new(new Zip([.. datasets.Select(d => d.Elements)]));

    /// <summary>Each record as the image it holds (the reference's <c>map(parse_tfrecord_tf)</c>).</summary>
    /// <param name="shape">The shape that every image has.</param>
    /// <exception cref="ArgumentException">The dataset is not one of records.</exception>
    public Dataset ParseImages(ImageShape shape) => Elements.Spec is [(DataType.UInt8, { Rank: 1 })]
        ? new(new ParseImages(Elements, shape))
        : throw new ArgumentException("parse_images: the dataset is not one of records, uint8 vectors");

    /// <summary>A function of each element, in order.</summary>
    /// <param name="function">Makes the components of the new element from those of the old.</param>
    /// <param name="output">Element type and static shape of each new component; those of the old where left out.</param>
    /// <param name="numParallelCalls">How many elements are worked on at once.</param>
    public Dataset Map(
        Func<NDArray[], NDArray[]> function, IReadOnlyList<(DataType DType, TensorShape Shape)>? output = null, int numParallelCalls = 1)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(new Map(Elements, function, output ?? Elements.Spec, AtLeast(1, numParallelCalls)));
    }

    /// <summary>At most the first elements.</summary>
    /// <param name="count">How many; -1 for all.</param>
    public Dataset Take(long count) => new(new Take(Elements, AtLeast(-1, count)));

    /// <summary>
    /// Elements in random order, each drawn from a window that moves over the dataset; the order is TensorFlow's for the same seed where no
    /// graph has one.
    /// </summary>
    /// <param name="bufferSize">Elements in the window.</param>
    /// <param name="seed">The operation's seed; null draws one.</param>
    /// <param name="reshuffleEachIteration">Whether each pass of a repetition has an order of its own.</param>
    /// <remarks>The <c>shuffle</c> of the <c>tf</c> facade takes the default graph's seed too.</remarks>
    public Dataset Shuffle(long bufferSize, long? seed = null, bool reshuffleEachIteration = true) =>
        Shuffle(bufferSize, RandomSeeds.Of(null, seed, 0), reshuffleEachIteration);

    /// <summary>The dataset several times over.</summary>
    /// <param name="count">How many times; -1 for without end.</param>
    public Dataset Repeat(long count = -1) => new(new Repeat(Elements, AtLeast(-1, count)));

    /// <summary>The same elements, made in the background before they are asked for.</summary>
    /// <param name="bufferSize">How many elements ahead; 0 for none.</param>
    public Dataset Prefetch(long bufferSize) => new(new Prefetch(Elements, AtLeast(0, bufferSize)));

    /// <summary>Consecutive elements stacked; the last batch may be smaller.</summary>
    /// <param name="batchSize">Elements in a batch.</param>
    /// <param name="numParallelCalls">How many elements are read into a batch at once.</param>
    public Dataset Batch(long batchSize, int numParallelCalls = 1) =>
        new(new Batch(Elements, null, AtLeast(1, batchSize), AtLeast(1, numParallelCalls)));

    /// <inheritdoc cref="Batch(long, int)"/>
    /// <param name="batchSize">Elements in a batch, an int64 scalar whose value is taken when the initializer runs.</param>
    /// <param name="numParallelCalls">How many elements are read into a batch at once.</param>
    public Dataset Batch(Tensor batchSize, int numParallelCalls = 1) => batchSize is { DType: DataType.Int64, Shape.Rank: 0 }
        ? new(new Batch(Elements, batchSize, 0, AtLeast(1, numParallelCalls)))
        : throw new ArgumentException($"batch: the size {batchSize} is not an int64 scalar", nameof(batchSize));

    /// <summary>Iterates over the elements outside of a graph. After an error, the next request goes on with the next element.</summary>
    /// <exception cref="InvalidOperationException">The dataset takes tensors.</exception>
    public IEnumerator<NDArray[]> GetEnumerator() => new Pipeline(Elements, new Dictionary<Tensor, NDArray>());

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Elements in random order, from both seeds of the operation.</summary>
    internal Dataset Shuffle(long bufferSize, (long Seed, long Seed2) seeds, bool reshuffleEachIteration) =>
        new(new Shuffle(Elements, AtLeast(1, bufferSize), seeds, reshuffleEachIteration));

    private static T AtLeast<T>(T least, T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : IComparable<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
