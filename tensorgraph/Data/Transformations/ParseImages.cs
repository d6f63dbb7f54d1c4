using System.Runtime.InteropServices;
using TensorGraph.Data.Elements;
using TensorGraph.Data.Files;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace TensorGraph.Data.Transformations;

/// <summary>
/// The image in each record: a <c>tf.train.Example</c> with <c>data</c> and <c>shape</c> becomes uint8 pixels [channels, height, width].
/// </summary>
/// <remarks>
/// Pixels are read where the image is placed, once. A record that is no such image, or has another shape, is an error with file and byte
/// offset there.
/// </remarks>
internal sealed class ParseImages(ElementSource source, ImageShape shape)
    : ElementSource([(DataType.UInt8, [shape.Channels, shape.Height, shape.Width])], source)
{
    internal override ElementStream Open(PipelineContext context) => new Stream(Sources[0].Open(context), Spec[0].Shape, shape);

    private sealed class Stream(ElementStream source, TensorShape tensorShape, ImageShape shape) : ElementStream
    {
        private readonly Dictionary<RecordFile, RecordImages> _images = [];
        private long _index;

        internal override bool MoveNext(Span<Component> element)
        {
            if (!source.MoveNext(element))
            {
                return false;
            }

            element[0] = element[0].Storage is RecordFile file ? InFile(element[0], file) : InMemory(element[0]);
            _index++;
            return true;
        }

        public override void Dispose() => source.Dispose();

        private Component InFile(in Component record, RecordFile file)
        {
            RecordImages images = CollectionsMarshal.GetValueRefOrAddDefault(_images, file, out _) ??= new RecordImages(file, shape);
            return record with { Storage = images, Shape = tensorShape };
        }

        private Component InMemory(in Component record)
        {
            RecordInMemory memory = record.Storage as RecordInMemory
                ?? new RecordInMemory(record.ToNDArray().Values<byte>(), new RecordLocation($"record {_index}", 0));
            ImageExample image = ImageExample.Parse(memory.Record, memory.Location);
            image.RequireShape(shape, memory.Location);
            memory.Record.Overlaps(image.Data, out int start);
            return new Component(memory, start, image.Data.Length, DataType.UInt8, tensorShape);
        }
    }
}
