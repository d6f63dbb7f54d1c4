using NumSharp;
using TensorGraph.Data.Files;
using TensorGraph.Graphs;
using Elements = TensorGraph.Data.Dataset;

namespace TensorGraph;

/// <content>Input pipelines.</content>
public static partial class Binding
{
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
                    Data.Iterator.FromStructure(output_types, output_shapes);
            }
        }
    }
}
