using DatasetTool.Export;
using DatasetTool.Sources;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Creation;

/// <summary>
/// Makes a dataset of pictures whose three channels are three random digits of MNIST (<c>dataset_tool.create_mnistrgb</c>).
/// </summary>
internal static class CreateMnistRgb
{
    /// <summary>Writes the dataset.</summary>
    /// <exception cref="InvalidDataException">MNIST's file is missing, damaged or another one.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal static void Run(
        string tfrecordDir, string mnistDir, int numImages, uint randomSeed, ExporterOptions options, CancellationToken cancellation)
    {
        MnistFiles mnist = MnistFiles.Load(mnistDir);
        using TFRecordExporter exporter = new(tfrecordDir, numImages, options);
        exporter.AddImages(Sources(mnist, numImages, new RandomState(randomSeed)), cancellation);
        exporter.Close();
    }

    private static IEnumerable<PictureSource> Sources(MnistFiles mnist, int numImages, RandomState random)
    {
        for (int i = 0; i < numImages; i++)
        {
            using NDArray drawn = random.Randint(MnistFiles.Count, 3);
            int[] digits = [.. drawn.Values<long>().Select(d => (int)d)];
            yield return new PictureSource($"image {i}", () => mnist.Padded(digits));
        }
    }
}
