using System.IO.Compression;
using Dnnlib;
using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Well-known datasets with content by formula, of which it is recorded what the reference makes of them.</summary>
internal static class MadeDatasets
{
    private const int Seed = 7;
    private const int MnistCount = 60000;
    private const int MnistSide = 28;
    private const int BatchCount = 10000;
    private const int ImageSize = 3 * 32 * 32;

    internal static void WriteMnist(string folder)
    {
        byte[] images = new byte[MnistCount * MnistSide * MnistSide];
        Parallel.For(0, MnistCount, i =>
        {
            for (int p = 0; p < MnistSide * MnistSide; p++)
            {
                (int y, int x) = Math.DivRem(p, MnistSide);
                images[(i * MnistSide * MnistSide) + p] = (byte)((31 * i) + (7 * y * y) + (13 * x) + (i * x / 5) + Seed);
            }
        });
        byte[] labels = [.. Enumerable.Range(0, MnistCount).Select(i => (byte)(((7 * i) + (i / 11) + Seed) % 10))];
        Directory.CreateDirectory(folder);
        WriteGzip(Path.Combine(folder, "train-images-idx3-ubyte.gz"), 16, images);
        WriteGzip(Path.Combine(folder, "train-labels-idx1-ubyte.gz"), 8, labels);
    }

    internal static void WriteCifar10(string folder)
    {
        for (int batch = 1; batch <= 5; batch++)
        {
            WriteCifar(Path.Combine(folder, $"data_batch_{batch}"), "labels", CifarImages(batch), i => ((3 * i) + batch + Seed) % 10);
        }
    }

    internal static void WriteCifar100(string folder) =>
        WriteCifar(
            Path.Combine(folder, "train"), "fine_labels", [.. Enumerable.Range(1, 5).SelectMany(CifarImages)], i => ((7 * i) + Seed) % 100);

    /// <summary>A file of SVHN: a tuple of images and labels, both arrays.</summary>
    internal static void WriteSvhn(string path, byte[] images, byte[] labels) =>
        WritePickle(path, new object?[] { images.ToNDArray(labels.Length, 3, 32, 32), labels.ToNDArray(labels.Length) });

    internal static void WriteGzip(string path, int headerSize, byte[] content)
    {
        using GZipStream gzip = new(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(new byte[headerSize]);
        gzip.Write(content);
    }

    internal static void WritePickle(string path, object value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        PickleWriter writer = new(file);
        writer.Begin();
        writer.Write(value);
        writer.End();
    }

    private static void WriteCifar(string path, string labelsName, byte[] images, Func<int, int> label)
    {
        int count = images.Length / ImageSize;
        NDArray data = images.ToNDArray(count, ImageSize);
        List<object?> labels = [.. Enumerable.Range(0, count).Select(i => (object?)label(i))];
        WritePickle(
            path,
            new EasyDict
            {
                ["batch_label"] = "made",
                [labelsName] = labels,
                ["data"] = data,
                ["filenames"] = new List<object?> { "a.png" },
            });
    }

    private static byte[] CifarImages(int batch)
    {
        byte[] images = new byte[BatchCount * ImageSize];
        Parallel.For(0, BatchCount, i =>
        {
            for (int j = 0; j < ImageSize; j++)
            {
                images[(i * ImageSize) + j] = (byte)((17 * i) + (3 * j * j) + (i * j / 7) + batch + Seed);
            }
        });
        return images;
    }
}
