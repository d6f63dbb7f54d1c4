using TensorGraph.Data.Elements;
using TensorGraph.Data.Files;
using TensorGraph.Graphs;
using TensorGraph.Records;

namespace TensorGraph.Data.Transformations;

/// <summary>The records of TFRecord files, file after file in the order given; each element is one uint8 vector.</summary>
/// <remarks>
/// A file is opened when its first record is asked for. Of an uncompressed file only the headers are read on the way; a record's data are
/// read, and checked, where they
/// are wanted, so that elements waiting in a shuffle buffer take no memory. Damage is an error with file and byte offset; reading then goes
/// on with the next file.
/// </remarks>
internal sealed class TFRecordFiles(IReadOnlyList<string> files, CompressionType? compression) : ElementSource([(DataType.UInt8, [-1])])
{
    private readonly string[] _files = [.. files];

    internal override ElementStream Open(PipelineContext context) => new Stream([.. _files.Select(f => RecordsOf(f, context))]);

    private IEnumerable<Component> RecordsOf(string path, PipelineContext context)
    {
        CompressionType kind = compression ?? Compression.Of(path);
        foreach (Component record in kind == CompressionType.None ? RecordsIn(path, context) : UnpackedRecordsIn(path, kind))
        {
            yield return record;
        }
    }

    private static IEnumerable<Component> RecordsIn(string path, PipelineContext context)
    {
        // The file stays open for the elements on their way; the pipeline closes it.
        RecordFile file = context.Shared((typeof(RecordFile), path), () => new RecordFile(path));
        RecordHeaders headers = new(file);
        while (headers.Next(out long offset, out int length))
        {
            yield return new Component(file, offset, length, DataType.UInt8, null);
        }
    }

    private static IEnumerable<Component> UnpackedRecordsIn(string path, CompressionType compression)
    {
        using TFRecordReader reader = TFRecordReader.Open(path, compression: compression);
        while (reader.Read())
        {
            RecordInMemory record = new(reader.Record.ToArray(), reader.Location);
            yield return new Component(record, 0, record.Record.Length, DataType.UInt8, null);
        }
    }

    /// <summary>Goes from file to file; one whose reading fails is left.</summary>
    private sealed class Stream(IReadOnlyList<IEnumerable<Component>> files) : ElementStream
    {
        private int _index;
        private IEnumerator<Component>? _records;

        internal override bool MoveNext(Span<Component> element)
        {
            for (; _index < files.Count; LeaveFile())
            {
                try
                {
                    _records ??= files[_index].GetEnumerator();
                    if (_records.MoveNext())
                    {
                        element[0] = _records.Current;
                        return true;
                    }
                }
                catch
                {
                    LeaveFile();
                    throw;
                }
            }

            return false;
        }

        public override void Dispose() => _records?.Dispose();

        private void LeaveFile()
        {
            _records?.Dispose();
            _records = null;
            _index++;
        }
    }
}
