using Dnnlib.Torch;
using SharpFuzz;
using TensorGraph.Records;
using Training.Networks;

namespace Fuzz;

/// <summary>
/// Feeds the readers of files that people download with whatever a fuzzer makes of the files in <c>corpus</c>; README.md says how it is
/// run.
/// </summary>
internal static class Program
{
    private const int UsageError = 2;

    private static readonly Dictionary<string, Action<byte[]>> s_targets = new()
    {
        ["pickle"] = file => _ = NetworkFile.Load(() => new MemoryStream(file), "input").Networks,
        ["example"] = ReadExample,
        ["tfrecords"] = ReadRecords,
        ["torch"] = file => TorchFile.LoadStateDict(() => new MemoryStream(file), "input"),
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1 || !s_targets.TryGetValue(arguments[0], out Action<byte[]>? read))
        {
            Console.Error.WriteLine($"usage: Fuzz {string.Join('|', s_targets.Keys)} < INPUT");
            return UsageError;
        }

        Fuzzer.OutOfProcess.Run(stream => ReadOrRefuse(read, stream));
        return 0;
    }

    private static void ReadExample(byte[] record) => RequireWhole(ImageExample.Parse(record, new RecordLocation("input", 0)));

    /// <summary>Checksums are passed over: a fuzzer would not get beyond them.</summary>
    private static void ReadRecords(byte[] file)
    {
        using TFRecordReader reader = new(new MemoryStream(file), "input") { IgnoreCrc = true };
        while (reader.Read())
        {
            RequireWhole(ImageExample.Parse(reader.Record, reader.Location));
        }
    }

    private static void RequireWhole(ImageExample image)
    {
        if (image.Data.Length != image.Shape.Size)
        {
            throw new InvalidOperationException($"an image of shape {image.Shape} has {image.Data.Length} bytes");
        }
    }

    /// <summary>An error of one line is as good as a network; everything else is a find.</summary>
    private static void ReadOrRefuse(Action<byte[]> read, Stream stream)
    {
        using MemoryStream input = new();
        stream.CopyTo(input);
        try
        {
            read(input.ToArray());
        }
        catch (Exception e) when (e is InvalidDataException or RecordException && !e.Message.Any(char.IsControl))
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
