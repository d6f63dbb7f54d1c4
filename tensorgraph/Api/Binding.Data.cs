using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Random;
using TensorGraph.Records;
using Elements = TensorGraph.Data.Dataset;

namespace TensorGraph;

/// <content>Input pipelines.</content>
public static partial class Binding
{
    /// <summary>
    /// Elements in random order, bit-equal to TensorFlow's (<c>Dataset.shuffle</c>). The seeds follow from the default graph's seed and,
    /// where no other is given, its number of operations.
    /// </summary>
    /// <param name="dataset">The elements.</param>
    /// <param name="buffer_size">Elements in the window that each element is drawn from.</param>
    /// <param name="seed">The operation's seed.</param>
    /// <param name="reshuffle_each_iteration">Whether each pass of a repetition has an order of its own.</param>
    public static Elements shuffle(this Elements dataset, long buffer_size, long? seed = null, bool reshuffle_each_iteration = true)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return dataset.Shuffle(
            buffer_size, RandomSeeds.Of(Graph.Default.Seed, seed, Graph.Default.OperationsMade), reshuffle_each_iteration);
    }

    public static partial class tf
    {
        /// <summary>Input pipelines, <c>tf.data</c>: sources here, transformations as methods of <see cref="Data.Dataset"/>.</summary>
        public static class data
        {
            /// <inheritdoc cref="Elements.TFRecord"/>
            public static Elements TFRecordDataset(
                IReadOnlyList<string> filenames, CompressionType compression_type = CompressionType.None) =>
                Elements.TFRecord(filenames, compression_type);

            /// <inheritdoc cref="Elements.TFRecord"/>
            public static Elements TFRecordDataset(string filenames, CompressionType compression_type = CompressionType.None) =>
                Elements.TFRecord([filenames], compression_type);

            /// <summary>Sources of elements, <c>tf.data.Dataset</c>.</summary>
            public static class Dataset
            {
                /// <inheritdoc cref="Elements.FromTensorSlices(NDArray[])"/>
                public static Elements from_tensor_slices(params NDArray[] tensors) => Elements.FromTensorSlices(tensors);

                /// <inheritdoc cref="Elements.FromTensorSlices(Tensor[])"/>
                public static Elements from_tensor_slices(params Tensor[] tensors) => Elements.FromTensorSlices(tensors);

                /// <inheritdoc cref="Elements.Zip"/>
                public static Elements zip(params Elements[] datasets) => Elements.Zip(datasets);
            }

            /// <summary>Iterators, <c>tf.data.Iterator</c>.</summary>
            public static class Iterator
            {
                /// <inheritdoc cref="Data.Iterator.FromStructure"/>
                public static Data.Iterator from_structure(
                    IReadOnlyList<DataType> output_types, IReadOnlyList<TensorShape> output_shapes) =>
                    Data.Iterator.FromStructure(Graph.Default, output_types, output_shapes);
            }
        }
    }
}
