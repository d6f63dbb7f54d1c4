using Dnnlib.Torch;
using SharpFuzz;
using TensorGraph.Records;
using Training.Networks;

namespace Fuzz.Targets;

/// <summary>The readers of files that people download, as targets of a fuzzer that changes the files in <c>corpus</c>.</summary>
internal static class ReaderTargets
{
    private static readonly Dictionary<string, Action<byte[]>> s_targets = new()
    {
        ["pickle"] = file => _ = NetworkFile.Load(() => new MemoryStream(file), "input").Networks,
        ["example"] = ReadExample,
        ["tfrecords"] = ReadRecords,
        ["torch"] = file => TorchFile.LoadStateDict(() => new MemoryStream(file), "input"),
    };

    /// <summary>The names of the targets.</summary>
    internal static IEnumerable<string> Names => s_targets.Keys;

    /// <summary>Runs a target; the fuzzer gives inputs on standard input.</summary>
    internal static void Run(string target) => Fuzzer.OutOfProcess.Run(stream => ReadOrRefuse(s_targets[target], stream));

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
