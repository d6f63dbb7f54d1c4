namespace StyleGan2.Encoder.Tests.Kernels;

/// <summary>Resampling convolutions of one kind of pictures in double precision, written as they are defined.</summary>
/// <param name="Samples">Pictures.</param>
/// <param name="Small">Channels of the small pictures.</param>
/// <param name="Large">Channels of the large pictures.</param>
/// <param name="Height">Height of the small pictures.</param>
/// <param name="Width">Width of the small pictures.</param>
internal sealed record ResampledPictures(int Samples, int Small, int Large, int Height, int Width)
{
    private const int Taps = 9;

    /// <summary>A filter whose rows and columns differ, [4, 4].</summary>
    internal static float[] Filter { get; } =
    [
        .. from column in new[] { 0.25f, 0.75f, 0.625f, -0.125f }
           from row in new[] { 0.5f, 1f, 0.375f, 0.0625f }
           select column * row,
    ];

    internal int SmallSize => Samples * Small * Height * Width;

    internal int LargeSize => Samples * Large * 4 * Height * Width;

    internal int WeightsSize => Small * Large * Taps;

    /// <summary>A transposed convolution with stride 2, then the filter with one pixel of padding.</summary>
    internal double[] Upsampled(float[] images, float[] weights)
    {
        double[] enlarged = new double[Samples * Large * ((2 * Height) + 1) * ((2 * Width) + 1)];
        ForEachProduct((small, large, weight) => enlarged[large] += (double)images[small] * weights[weight]);
        return Filtered(enlarged, (2 * Height) + 1, (2 * Width) + 1, padding: 1);
    }

    /// <summary>The filter with two pixels of padding, then a convolution with stride 2.</summary>
    internal double[] Downsampled(float[] images, float[] weights)
    {
        double[] filtered = Filtered(Array.ConvertAll(images, v => (double)v), 2 * Height, 2 * Width, padding: 2);
        double[] reduced = new double[SmallSize];
        ForEachProduct((small, large, weight) => reduced[small] += filtered[large] * weights[weight]);
        return reduced;
    }

    /// <summary>Visits the places of a small pixel, of a large one, and of the weight between the two.</summary>
    private void ForEachProduct(Action<int, int, int> visit)
    {
        int height = (2 * Height) + 1, width = (2 * Width) + 1;
        for (int pixel = 0; pixel < SmallSize; pixel++)
        {
            int column = pixel % Width, row = pixel / Width % Height, small = pixel / (Width * Height) % Small;
            int sample = pixel / (Width * Height * Small);
            for (int i = 0; i < Large * Taps; i++)
            {
                int large = i / Taps, y = (2 * row) + (i % Taps / 3), x = (2 * column) + (i % 3);
                visit(pixel, (((((sample * Large) + large) * height) + y) * width) + x, (small * Large * Taps) + i);
            }
        }
    }

    private static double[] Filtered(double[] pictures, int height, int width, int padding)
    {
        int newHeight = height + (2 * padding) - 3, newWidth = width + (2 * padding) - 3;
        double[] result = new double[pictures.Length / (height * width) * newHeight * newWidth];
        for (int i = 0; i < result.Length; i++)
        {
            int picture = i / (newHeight * newWidth), top = (i / newWidth % newHeight) - padding, left = (i % newWidth) - padding;
            for (int tap = 0; tap < Filter.Length; tap++)
            {
                int y = top + (tap / 4), x = left + (tap % 4);
                if (y >= 0 && y < height && x >= 0 && x < width)
                {
                    result[i] += pictures[(((picture * height) + y) * width) + x] * Filter[tap];
                }
            }
        }

        return result;
    }
}
