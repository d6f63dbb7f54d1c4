using Dnnlib.Pickle;
using SharpFuzz;

namespace Fuzz;

/// <summary>Feeds the readers of files that people download with whatever a fuzzer makes of the files in <c>corpus</c>; README.md says how it is run.</summary>
internal static class Program
{
    private const int UsageError = 2;

    private static readonly Dictionary<string, Action<Stream>> s_targets = new()
    {
        ["pickle"] = stream => NetworkPickle.Load(stream, "input"),
        ["torch"] = stream => TorchFile.LoadStateDict(stream, "input"),
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1 || !s_targets.TryGetValue(arguments[0], out Action<Stream>? read))
        {
            Console.Error.WriteLine($"usage: Fuzz {string.Join('|', s_targets.Keys)} < INPUT");
            return UsageError;
        }

        Fuzzer.OutOfProcess.Run(stream => ReadOrRefuse(read, stream));
        return 0;
    }

    /// <summary>An error of one line is as good as a network; everything else is a find.</summary>
    private static void ReadOrRefuse(Action<Stream> read, Stream stream)
    {
        using MemoryStream input = new();
        stream.CopyTo(input);
        input.Position = 0;
        try
        {
            read(input);
        }
        catch (InvalidDataException e) when (!e.Message.Any(char.IsControl))
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
