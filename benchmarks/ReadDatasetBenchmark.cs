using System.CommandLine;
using System.Runtime.InteropServices;
using Training.Datasets;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Reading a dataset, as training does without end, beside copying the same bytes once.</summary>
internal static class ReadDatasetBenchmark
{
    private const int Minibatch = 32;

    /// <summary>Read before any is timed: by then batches made ahead have all the memory that they come to use.</summary>
    private const int SettlingBatches = 64;

    internal static Command Command()
    {
        Option<int[]> resolutions = new("--resolution") { DefaultValueFactory = _ => [256, 1024], Description = "Side of the images" };
        Option<int> megabytes = new("--megabytes") { DefaultValueFactory = _ => 768, Description = "Pixels that a pass reads" };
        Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 9, Description = "How often each is timed, in turn" };
        Command command = new(
            "read-dataset", "Times TFRecordDataset reading files in the page cache, checksums checked, beside copying the same bytes once.")
        {
            resolutions, megabytes, rounds,
        };
        command.SetAction(parsed =>
        {
            foreach (int resolution in parsed.GetRequiredValue(resolutions))
            {
                Run(resolution, parsed.GetValue(megabytes), parsed.GetValue(rounds));
            }
        });
        return command;
    }

    private static void Run(int resolution, int megabytes, int rounds)
    {
        int imageSize = 3 * resolution * resolution;
        int batches = Math.Max(1, (int)(((long)megabytes << 20) / (Minibatch * imageSize)));
        using MadeDataset made = new(resolution, batches * Minibatch);
        TFRecordDatasetOptions options = new() { TfrecordDir = made.Folder, ShuffleMb = 0 };
        Contestant copy = Copy(batches, Minibatch * imageSize);
        Contestant[] passes =
        [
            Pass("in order", options, batches),
            Pass("in order, prefetch_mb 0", options with { PrefetchMb = 0 }, batches),
            Pass("shuffle_mb 256", options with { ShuffleMb = 256 }, batches),
            Pass("shuffle_mb 256, prefetch_mb 0", options with { ShuffleMb = 256, PrefetchMb = 0 }, batches),
        ];
        Contestant.Compete(rounds, [copy, .. passes]);
        Report(resolution, rounds, (double)batches * Minibatch * imageSize / 1e9, copy, passes);
        foreach (TFRecordDatasetOptions setting in new[] { options, options with { ShuffleMb = 256, PrefetchMb = 64 } })
        {
            ReportMemory(setting, batches, Minibatch * imageSize);
        }
    }

    private static void Report(int resolution, int rounds, double gigabytes, Contestant copy, Contestant[] passes)
    {
        Console.WriteLine($"{resolution} px, {gigabytes:F2} GB in batches of {Minibatch}, median of {rounds} rounds");
        Console.WriteLine($"  {Speed(copy)}");
        foreach (Contestant pass in passes)
        {
            Console.WriteLine(
                $"  {Speed(pass)}; ratio {pass.Speedup(copy, c => c.Wall):F2}, of processor time {pass.Speedup(copy, c => c.Cpu):F2}");
        }

        string Speed(Contestant contestant)
        {
            double wall = gigabytes / contestant.Median(c => c.Wall), cpu = gigabytes / contestant.Median(c => c.Cpu);
            return $"{contestant.Name,-32} {wall,5:F1} GB/s, {cpu,5:F1} GB per second of processor time";
        }
    }

    /// <summary>What the process grows by while batches are read, and how much is allocated for a batch early and late.</summary>
    private static void ReportMemory(TFRecordDatasetOptions options, int batches, int batchSize)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using MemoryWatch watch = new();
        using DatasetPass pass = new(options, Minibatch);
        pass.Read(batches);
        long early = AllocatedFor(pass, batches), late = AllocatedFor(pass, 4 * batches);
        Console.WriteLine(
            $"  shuffle_mb {options.ShuffleMb}, prefetch_mb {options.PrefetchMb}: memory grows by {watch.Largest >> 20} MB at most; "
            + $"managed bytes allocated for a batch of {batchSize}: {early} early, {late} late");
    }

    private static long AllocatedFor(DatasetPass pass, int batches)
    {
        long before = GC.GetTotalAllocatedBytes();
        pass.Read(batches);
        return (GC.GetTotalAllocatedBytes() - before) / batches;
    }

    /// <summary>Bytes that fill memory as a pass delivers them: from one place for each into one batch.</summary>
    private static unsafe Contestant Copy(int batches, int batchSize)
    {
        long size = (long)batches * batchSize;
        void* source = null, destination = null;
        return new Contestant("copying the bytes once", CopyAll, Allocate, Free);

        void Allocate()
        {
            source = NativeMemory.Alloc((nuint)size);
            destination = NativeMemory.Alloc((nuint)batchSize);
            NativeMemory.Fill(source, (nuint)size, 1);
            NativeMemory.Fill(destination, (nuint)batchSize, 1);
        }

        void CopyAll()
        {
            for (long offset = 0; offset < size; offset += batchSize)
            {
                NativeMemory.Copy((byte*)source + offset, destination, (nuint)batchSize);
            }
        }

        void Free()
        {
            NativeMemory.Free(source);
            NativeMemory.Free(destination);
        }
    }

    private static Contestant Pass(string name, TFRecordDatasetOptions options, int batches)
    {
        DatasetPass? pass = null;
        return new Contestant(name, () => pass!.Read(batches), Open, () => pass!.Dispose());

        void Open()
        {
            pass = new DatasetPass(options, Minibatch);
            pass.Read(Math.Max(SettlingBatches, batches));
        }
    }
}
