using DatasetTool.Export;
using Imaging;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A dataset of random pixels in a temporary folder, which goes with it.</summary>
internal sealed class MadeDataset : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("stylegan2-benchmark-").FullName;

    internal MadeDataset(int resolution, int images)
    {
        byte[] pixels = new byte[3 * resolution * resolution];
        Random random = new(1);
        using TFRecordExporter exporter = new(Folder, images);
        for (int i = 0; i < images; i++)
        {
            random.NextBytes(pixels);
            using Picture picture = Picture.FromPixels(pixels, 3, resolution, resolution);
            exporter.AddImage(picture, $"image {i}");
        }

        exporter.Close();
    }

    /// <summary>The dataset's folder.</summary>
    internal string Folder => Path.Combine(_parent, "set");

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
