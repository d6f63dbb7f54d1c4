using Imaging;
using Imaging.Writing;
using NumSharp;
using SixLabors.ImageSharp;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace Training;

/// <summary>Dynamic ranges and grids of images (<c>training.misc</c>).</summary>
public static class Misc
{
    /// <summary>Maps values linearly from one range to another (<c>adjust_dynamic_range</c>), in float32.</summary>
    /// <param name="data">Float32 or uint8 values.</param>
    /// <param name="from">The range they are in, such as (0, 255).</param>
    /// <param name="to">The range they are to be in, such as (-1, 1).</param>
    /// <returns>Float32 values; the array itself where the ranges are the same.</returns>
    public static NDArray AdjustDynamicRange(NDArray data, (double Low, double High) from, (double Low, double High) to)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (from == to)
        {
            return data;
        }

        float scale = ((float)to.High - (float)to.Low) / ((float)from.High - (float)from.Low);
        float bias = (float)to.Low - ((float)from.Low * scale);
        return ((data.astype(typeof(float)) * scale) + bias).Contiguous();
    }

    /// <summary>Places images side by side, row by row (<c>create_image_grid</c>).</summary>
    /// <param name="images">[N, H, W] or [N, C, H, W].</param>
    /// <param name="gridSize">Images in a row and rows; null for the smallest grid that is about square.</param>
    /// <returns>[H * rows, W * columns] or [C, H * rows, W * columns]; places without an image are 0.</returns>
    /// <exception cref="ArgumentException">The images have another number of dimensions, or do not fit into the grid.</exception>
    public static NDArray CreateImageGrid(NDArray images, (int Width, int Height)? gridSize = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.ndim is not (3 or 4))
        {
            throw new ArgumentException($"images have 3 or 4 dimensions, not {images.ndim}", nameof(images));
        }

        int count = (int)images.shape[0], height = (int)images.shape[^2], width = (int)images.shape[^1];
        (int columns, int rows) = gridSize ?? SquareGrid(count);
        if (count > columns * rows)
        {
            throw new ArgumentException($"{count} images do not fit into a grid of {columns} x {rows}", nameof(gridSize));
        }

        NDArray grid = np.zeros(new Shape([.. images.shape[1..^2], (long)rows * height, (long)columns * width]), images.dtype);
        for (int i = 0; i < count; i++)
        {
            int x = i % columns * width, y = i / columns * height;
            grid[Slice.Ellipsis, new Slice(y, y + height), new Slice(x, x + width)] = images[i];
        }

        return grid;
    }

    /// <summary>
    /// Saves images side by side as a PNG (<c>save_image_grid</c>): RGB, gray where they have one channel, RGBA where four. The file
    /// appears whole or not at all.
    /// </summary>
    /// <param name="images">[N, H, W] or [N, C, H, W] of 1, 3 or 4 channels.</param>
    /// <param name="path">The file.</param>
    /// <param name="range">The values of black and of white; (0, 1) where left out.</param>
    /// <param name="gridSize">Images in a row and rows; null for the smallest grid that is about square.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveImageGrid(
        NDArray images, string path, (double Black, double White)? range = null, (int Width, int Height)? gridSize = null)
    {
        using Image image = ConvertToPilImage(CreateImageGrid(images, gridSize), range);
        WholeFile.Write(path, stream => PngWriter.Write(image, stream));
    }

    /// <summary>An image in 8 bits (<c>convert_to_pil_image</c>); ImageSharp's image stands for PIL's.</summary>
    /// <param name="image">[H, W] or [C, H, W] of 1, 3 or 4 channels.</param>
    /// <param name="range">The values of black and of white; (0, 1) where left out.</param>
    /// <returns>Gray (<c>Image&lt;L8&gt;</c>), RGB (<c>Image&lt;Rgb24&gt;</c>) or RGBA (<c>Image&lt;Rgba32&gt;</c>), to be
    /// disposed.</returns>
    /// <exception cref="ArgumentException">The image has another number of dimensions or of channels.</exception>
    public static Image ConvertToPilImage(NDArray image, (double Black, double White)? range = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        int channels = image.ndim == 2 ? 1 : (int)image.shape[0];
        if (image.ndim is not (2 or 3) || channels is not (1 or 3 or 4))
        {
            string shape = string.Join(", ", image.shape);
            throw new ArgumentException($"an image is [H, W] or [C, H, W] of 1, 3 or 4 channels, not [{shape}]", nameof(image));
        }

        byte[] levels = Levels(image, range ?? (0, 1));
        using Picture picture = Picture.FromPixels(levels, channels, (int)image.shape[^2], (int)image.shape[^1]);
        return picture.ToImage();
    }

    /// <summary>Values as levels of 8 bits, from 0 for black to 255 for white.</summary>
    internal static byte[] Levels(NDArray values, (double Black, double White) range) => Array.ConvertAll(
        AdjustDynamicRange(values, range, (0, 255)).astype(typeof(float)).Values<float>(),
        v => (byte)Math.Clamp(MathF.Round(v), 0, 255));

    private static (int Columns, int Rows) SquareGrid(int count)
    {
        int columns = Math.Max((int)Math.Ceiling(Math.Sqrt(count)), 1);
        return (columns, Math.Max(((count - 1) / columns) + 1, 1));
    }
}
