using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Verification;
using NumSharp;
using TensorGraph.Numpy;
using TensorGraph.Records;

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
        List<LevelFile> files = LevelFile.In(tfrecordDir);
        (ImageShape shape, long images) = Count(files[0], cancellation);
        string labels = string.Join(", ", LevelFile.LabelsIn(tfrecordDir).Select(DescribeLabels));
        Console.WriteLine($"Dataset     {tfrecordDir}");
        Console.WriteLine($"Images      {images}");
        Console.WriteLine($"Resolution  {shape.Width} x {shape.Height}");
        Console.WriteLine($"Channels    {shape.Channels} ({(shape.Channels == 1 ? "gray" : "RGB")})");
        Console.WriteLine($"Labels      {(labels.Length > 0 ? labels : "none")}");
        foreach (LevelFile file in files)
        {
            Console.WriteLine($"{$"{file.Size} x {file.Size}",-12}{new FileInfo(file.Path).Length,15:N0} bytes  {file.Name}");
        }
    }

    /// <summary>
    /// The shape of a file's images and their number. If all records are as long as the first, the file's length gives the number.
    /// </summary>
    private static (ImageShape Shape, long Images) Count(LevelFile file, CancellationToken cancellation)
    {
        using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using TFRecordReader reader = new(stream, file.Path);
        if (!reader.Read())
        {
            throw new InvalidDataException($"{file.Path}: there are no records in it; make the dataset again");
        }

        ImageShape shape = ImageExample.Parse(reader.Record, reader.Location).Shape;
        (long images, long rest) = Math.DivRem(stream.Length, stream.Position);
        if (rest == 0)
        {
            return (shape, images);
        }

        for (images = 1; reader.Read(); images++)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return (shape, images);
    }

    private static string DescribeLabels(string file)
    {
        NDArray labels = NpyFile.Load(file);
        return labels.ndim == 2
            ? $"{labels.shape[0]} of {labels.shape[1]} components ({Path.GetFileName(file)})"
            : throw new InvalidDataException(
                $"{file}: labels are an array [images, components], not of {labels.ndim} dimensions; save them so");
    }
}
