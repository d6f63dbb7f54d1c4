using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Sources;
using Imaging;
using NumSharp;
using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Commands;

/// <summary><c>info</c>: says what is in a dataset.</summary>
internal static class InfoCommand
{
    internal static Command Define()
    {
        Argument<string> tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
        Command command = new("info", "Show what is in dataset.") { tfrecordDir };
        return command.Doing((result, cancellation) => Run(result.GetRequiredValue(tfrecordDir), cancellation));
    }

    private static void Run(string tfrecordDir, CancellationToken cancellation)
    {
        TFRecordFolder dataset = TFRecordFolder.Open(tfrecordDir);
        TFRecordLevel largest = dataset.Levels[0];
        ImageShape shape = FirstShape(largest);
        int images = LevelRecords.Count(largest, cancellation);
        string labels = string.Join(", ", dataset.LabelFiles.Select(DescribeLabels));
        Console.WriteLine($"Dataset     {tfrecordDir}");
        Console.WriteLine($"Images      {images}");
        Console.WriteLine($"Resolution  {shape.Width} x {shape.Height}");
        Console.WriteLine($"Channels    {shape.Channels} ({Picture.KindOf(shape.Channels)})");
        Console.WriteLine($"Labels      {(labels.Length > 0 ? labels : "none")}");
        if (largest.IsRaw)
        {
            Console.WriteLine("Records     raw, with a picture file each; create_from_tfrecords makes a dataset to train with");
        }

        foreach ((TFRecordLevel level, string file) in dataset.Levels.SelectMany(l => l.Files.Select(f => (l, f))))
        {
            Console.WriteLine($"{$"{level.Size} x {level.Size}",-12}{new FileInfo(file).Length,15:N0} bytes  {Path.GetFileName(file)}");
        }
    }

    private static ImageShape FirstShape(TFRecordLevel level)
    {
        using LevelRecords records = new(level);
        if (!records.Read())
        {
            throw new InvalidDataException($"{level.Files[0]}: there are no records in it; make the dataset again");
        }

        ImageExample image = ImageExample.ParseAny(records.Record, records.Location);
        if (!image.IsEncoded)
        {
            return image.Shape;
        }

        using Picture picture = RecordPicture.Decode(image, records.Location);
        return new ImageShape(picture.Channels, picture.Height, picture.Width);
    }

    private static string DescribeLabels(string file)
    {
        NDArray labels = TFRecordFolder.ReadLabels(file);
        return $"{labels.shape[0]} of {labels.shape[1]} components ({Path.GetFileName(file)})";
    }
}
