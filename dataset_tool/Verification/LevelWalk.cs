using DatasetTool.Sources;
using Imaging;
using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Verification;

/// <summary>A walk through the records of a file that goes on past damaged ones.</summary>
internal sealed class LevelWalk(TFRecordLevel level, Action<string> report) : IDisposable
{
    private readonly LevelRecords _records = new(level);

    internal TFRecordLevel Level => level;

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
            HasEnded = !_records.Read();
            IsWhole = HasEnded;
            return HasEnded ? [] : CheckedImage();
        }
        catch (RecordException error)
        {
            report(error.Message);
            HasEnded = !_records.CanReadOn;
            Count += HasEnded ? 0 : 1;
            return [];
        }
    }

    /// <summary>Says what is wrong with the record read last.</summary>
    internal void Report(string problem) => report($"{_records.Location}: {problem}");

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private ReadOnlySpan<byte> CheckedImage()
    {
        ImageExample image = ImageExample.ParseAny(_records.Record, _records.Location);
        if (image.IsEncoded)
        {
            return CheckedPicture(image);
        }

        Channels = Channels == 0 ? image.Shape.Channels : Channels;
        image.RequireShape(new ImageShape(Channels, level.Size, level.Size), _records.Location);
        Count++;
        return image.Data;
    }

    private byte[] CheckedPicture(ImageExample image)
    {
        try
        {
            using Picture picture = RecordPicture.Decode(image, _records.Location);
            Channels = Channels == 0 ? picture.Channels : Channels;
            Count++;
            return picture.Pixels.ToArray();
        }
        catch (InvalidDataException error)
        {
            throw new RecordException(_records.Location, error.Message);
        }
    }
}
