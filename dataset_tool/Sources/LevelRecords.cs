using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Sources;

/// <summary>The records of a level, file after file.</summary>
internal sealed class LevelRecords(TFRecordLevel level) : IDisposable
{
    private readonly Queue<string> _files = new(level.Files);
    private TFRecordReader? _reader;

    /// <summary>The level.</summary>
    internal TFRecordLevel Level => level;

    /// <summary>The record read last, valid until the next is read.</summary>
    internal ReadOnlySpan<byte> Record => _reader is null ? [] : _reader.Record;

    /// <summary>Where the data of the record read last begin.</summary>
    internal RecordLocation Location => _reader?.Location ?? default;

    /// <summary>Whether there may be more to read after an error.</summary>
    internal bool CanReadOn => _reader is { CanReadOn: true };

    /// <summary>How many records there are.</summary>
    /// <exception cref="RecordException">A file is damaged.</exception>
    internal static int Count(TFRecordLevel level, CancellationToken cancellation)
    {
        using LevelRecords records = new(level);
        int count = 0;
        while (records.Next(r => r.Skip()))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
        }

        return count;
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="RecordException">The file is damaged.</exception>
    internal bool Read() => Next(r => r.Read());

    /// <inheritdoc/>
    public void Dispose() => _reader?.Dispose();

    private bool Next(Func<TFRecordReader, bool> goOn)
    {
        while (_reader is null || !goOn(_reader))
        {
            if (!_files.TryDequeue(out string? file))
            {
                return false;
            }

            _reader?.Dispose();
            _reader = TFRecordReader.Open(file);
        }

        return true;
    }
}
