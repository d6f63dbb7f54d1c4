using TensorGraph.Records;

namespace DatasetTool.Verification;

/// <summary>A walk through the records of a file that goes on past damaged ones.</summary>
internal sealed class LevelWalk(LevelFile file, Action<string> report) : IDisposable
{
    private readonly TFRecordReader _reader = TFRecordReader.Open(file.Path);

    internal LevelFile File { get; } = file;

    /// <summary>How many records there are, as far as has been walked.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether there are no more, or they cannot be found any more.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Whether the end is that of the file, not of what can be read of it.</summary>
    internal bool IsWhole { get; private set; }

    /// <summary>The channels of the images; 0 before the first.</summary>
    internal int Channels { get; private set; }

    /// <summary>Reads the next record and reports what is wrong with it.</summary>
    /// <returns>The image; empty where it is damaged or there is none.</returns>
    internal ReadOnlySpan<byte> Next()
    {
        try
        {
            HasEnded = !_reader.Read();
            IsWhole = HasEnded;
            return HasEnded ? [] : CheckedImage();
        }
        catch (RecordException error)
        {
            report(error.Message);
            HasEnded = !_reader.CanReadOn;
            Count += HasEnded ? 0 : 1;
            return [];
        }
    }

    /// <summary>Says what is wrong with the record read last.</summary>
    internal void Report(string problem) => report($"{_reader.Location}: {problem}");

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private ReadOnlySpan<byte> CheckedImage()
    {
        ImageExample image = ImageExample.Parse(_reader.Record, _reader.Location);
        Channels = Channels == 0 ? image.Shape.Channels : Channels;
        image.RequireShape(new ImageShape(Channels, File.Size, File.Size), _reader.Location);
        Count++;
        return image.Data;
    }
}
