using SkiaSharp;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>Picture files like photographs, waves with some noise, in a temporary folder, which goes with them.</summary>
internal sealed class MadePictures : IDisposable
{
    private const int Quality = 90;
    private const int Noise = 12;

    private readonly string _parent = Directory.CreateTempSubdirectory("stylegan2-benchmark-").FullName;

    internal MadePictures(int resolution, int count, SKEncodedImageFormat format)
    {
        Directory.CreateDirectory(Folder);
        Files = [.. Enumerable.Range(0, count).Select(i => Path.Combine(Folder, $"{i:D5}.{format.ToString().ToLowerInvariant()}"))];
        Random random = new(1);
        using SKBitmap bitmap = new(resolution, resolution, SKColorType.Rgba8888, SKAlphaType.Opaque);
        foreach (string file in Files)
        {
            Paint(bitmap.GetPixelSpan(), resolution, random);
            using FileStream stream = File.Create(file);
            bitmap.Encode(stream, format, Quality);
        }
    }

    /// <summary>The pictures' folder.</summary>
    internal string Folder => Path.Combine(_parent, "pictures");

    /// <summary>A folder for a dataset of them, which does not exist.</summary>
    internal string Dataset => Path.Combine(_parent, "set");

    /// <summary>The pictures.</summary>
    internal IReadOnlyList<string> Files { get; }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static void Paint(Span<byte> pixels, int resolution, Random random)
    {
        Span<(double X, double Y, double Phase)> waves = stackalloc (double, double, double)[3];
        for (int channel = 0; channel < waves.Length; channel++)
        {
            waves[channel] = (random.NextDouble() * 20 / resolution, random.NextDouble() * 20 / resolution, random.NextDouble() * 6);
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = i % 4, pixel = i / 4;
            if (channel < waves.Length)
            {
                (double x, double y, double phase) = waves[channel];
                pixels[i] = (byte)(
                    128 + (90 * Math.Sin((pixel % resolution * x) + (pixel / resolution * y) + phase)) + random.Next(-Noise, Noise));
            }
            else
            {
                pixels[i] = byte.MaxValue;
            }
        }
    }
}
