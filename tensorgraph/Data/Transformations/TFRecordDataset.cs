using System.IO.Compression;
using TensorGraph.Data.Files;
using TensorGraph.Graphs;
using TensorGraph.Records;

namespace TensorGraph.Data.Transformations;

/// <summary>The records of TFRecord files, file after file in the order given; each element is one uint8 vector.</summary>
/// <remarks>
/// A file is opened when its first record is asked for. Of an uncompressed file only the headers are read on the way; a record's data are read, and checked, where they
/// are wanted, so that elements waiting in a shuffle buffer take no memory. Damage is an error with file and byte offset; reading then goes on with the next file.
/// </remarks>
internal sealed class TFRecordDataset : Dataset
{
    private readonly string[] _files;
    private readonly CompressionType _compression;

    internal TFRecordDataset(IReadOnlyList<string> files, CompressionType compression)
        : base([(DataType.UInt8, [-1])])
    {
        _files = [.. files];
        _compression = compression;
    }

    internal override ElementStream Open(PipelineContext context) =>
        _compression == CompressionType.None ? new PlainStream(_files, context) : new CompressedStream(_files, _compression);

    /// <summary>Goes from file to file; one whose reading fails is left.</summary>
    private abstract class FilesStream(string[] files) : ElementStream
    {
        private int _index;
        private bool _isOpen;

        internal override bool MoveNext(Span<Component> element)
        {
            for (; _index < files.Length; LeaveFile())
            {
                try
                {
                    OpenOnce();
                    if (ReadNext(out element[0]))
                    {
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

        public override void Dispose() => CloseFile();

        protected abstract void OpenFile(string path);

        protected abstract bool ReadNext(out Component record);

        protected abstract void CloseFile();

        private void LeaveFile()
        {
            CloseFile();
            _isOpen = false;
            _index++;
        }

        private void OpenOnce()
        {
            if (!_isOpen)
            {
                OpenFile(files[_index]);
                _isOpen = true;
            }
        }
    }

    private sealed class PlainStream(string[] files, PipelineContext context) : FilesStream(files)
    {
        private RecordFile? _file;
        private RecordWalker? _walker;

        protected override void OpenFile(string path)
        {
            _file = context.OpenFile(path);
            _walker = new RecordWalker(_file);
        }

        protected override bool ReadNext(out Component record)
        {
            bool found = _walker!.Next(out long offset, out int length);
            record = new Component(_file!, offset, length, DataType.UInt8, null);
            return found;
        }

        /// <summary>The file stays open for the elements on their way; the pipeline closes it.</summary>
        protected override void CloseFile()
        {
        }
    }

    private sealed class CompressedStream(string[] files, CompressionType compression) : FilesStream(files)
    {
        private TFRecordReader? _reader;

        protected override void OpenFile(string path)
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            Stream unpacked = compression == CompressionType.Gzip
                ? new GZipStream(file, CompressionMode.Decompress)
                : new ZLibStream(file, CompressionMode.Decompress);
            _reader = new TFRecordReader(unpacked, path);
        }

        protected override bool ReadNext(out Component record)
        {
            record = default;
            if (!_reader!.Read())
            {
                return false;
            }

            RecordBuffer buffer = new(_reader.Record, _reader.Location);
            record = new Component(buffer, 0, _reader.Record.Length, DataType.UInt8, null);
            return true;
        }

        protected override void CloseFile()
        {
            _reader?.Dispose();
            _reader = null;
        }
    }
}
