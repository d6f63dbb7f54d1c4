using System.CommandLine;
using DatasetTool.Creation;
using DatasetTool.Export;
using Imaging.Decoding;
using SkiaSharp;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>
/// create_from_images on all cores beside only decoding the same files, on one core and on all: cores that share what they run on do less
/// than one alone, times their number.
/// </summary>
internal static class CreateDatasetBenchmark
{
    internal static Command Command()
    {
        Option<int[]> resolutions = new("--resolution") { DefaultValueFactory = _ => [256, 1024], Description = "Side of the pictures" };
        Option<int> megapixels = new("--megapixels") { DefaultValueFactory = _ => 48, Description = "Pixels of all pictures together" };
        Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 5, Description = "How often each is timed, in turn" };
        Command command = new(
            "create-dataset",
            "Times create_from_images with a worker for each core, beside only decoding the same files, on one core and on all.")
        {
            resolutions, megapixels, rounds,
        };
        command.SetAction(parsed =>
        {
            foreach (int resolution in parsed.GetRequiredValue(resolutions))
            {
                int count = Math.Max(1, (int)(((long)parsed.GetValue(megapixels) << 20) / ((long)resolution * resolution)));
                Run(resolution, count, SKEncodedImageFormat.Png, parsed.GetValue(rounds));
                Run(resolution, count, SKEncodedImageFormat.Jpeg, parsed.GetValue(rounds));
            }
        });
        return command;
    }

    private static void Run(int resolution, int count, SKEncodedImageFormat format, int rounds)
    {
        using MadePictures pictures = new(resolution, count, format);
        int cores = Environment.ProcessorCount;
        Contestant decoding = new("decoding on one core", () => Decode(pictures.Files));
        Contestant decodingOnAll =
            new("decoding on all cores", () => Parallel.For(0, cores, core => Decode(pictures.Files.Where((_, i) => i % cores == core))));
        Contestant creating = new(
            "create_from_images",
            () => CreateFromImages.Run(
                pictures.Dataset, pictures.Folder, new CreateFromImagesOptions { Export = new ExporterOptions { Workers = cores } }),
            Finish: () => Directory.Delete(pictures.Dataset, recursive: true));
        using MemoryWatch watch = new();
        Contestant.Compete(rounds, decoding, decodingOnAll, creating);

        Console.WriteLine($"{resolution} px {format}, {count} pictures, {cores} workers, median of {rounds} rounds");
        foreach (Contestant contestant in new[] { decoding, decodingOnAll, creating })
        {
            double milliseconds = 1000 * contestant.Median(c => c.Cpu) / count;
            Console.WriteLine(
                $"  {contestant.Name,-22} {count / contestant.Median(c => c.Wall),7:F1} pictures/s, "
                + $"{milliseconds:F2} ms of processor time each");
        }

        Console.WriteLine(
            $"  ratio to one core's decoding times the cores {creating.Speedup(decoding, c => c.Wall) / cores:F2}, to all cores' "
                + $"{creating.Speedup(decodingOnAll, c => c.Wall):F2}, "
            + $"of processor time {creating.Speedup(decoding, c => c.Cpu):F2}; "
            + $"memory grows by {watch.Largest >> 20} MB at most (decoded picture: {3.0 * resolution * resolution / (1 << 20):F1} MB)");
    }

    private static void Decode(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            ImageDecoder.Decode(file).Dispose();
        }
    }
}
