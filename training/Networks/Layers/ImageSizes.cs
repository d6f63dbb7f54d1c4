using Dnnlib;

namespace Training.Networks.Layers;

/// <summary>The sizes of the images inside a network: the first block's, made twice as large by every further block.</summary>
/// <param name="MinHeight">Height of the first block.</param>
/// <param name="MinWidth">Width of the first block.</param>
/// <param name="ResolutionLog2">
/// Number of the last block, of which the first is 2. For square networks it is the base-2 logarithm of the images' side.
/// </param>
/// <param name="HasSquareNames">Whether blocks are called as those of square images, whatever their sizes.</param>
internal sealed record ImageSizes(int MinHeight, int MinWidth, int ResolutionLog2, bool HasSquareNames = false)
{
    private const int Smallest = 4;

    /// <summary>Height of the network's images.</summary>
    internal int Height => HeightOf(ResolutionLog2);

    /// <summary>Width of the network's images.</summary>
    internal int Width => WidthOf(ResolutionLog2);

    /// <summary>Number of layers with a style of their own.</summary>
    internal int NumLayers => (ResolutionLog2 * 2) - 2;

    /// <summary>The sizes of a network whose images are square.</summary>
    /// <param name="kwargs">The network's settings.</param>
    /// <param name="missing">The resolution where it is left out.</param>
    /// <exception cref="FormatException">The settings ask for another shape.</exception>
    internal static ImageSizes Square(EasyDict kwargs, int missing)
    {
        ImageSizes sizes = Of(kwargs, missing);
        return sizes is { MinHeight: Smallest, MinWidth: Smallest }
            ? sizes
            : throw new FormatException(
                $"min_h is {sizes.MinHeight} and min_w is {sizes.MinWidth}; "
                + "only StyleGAN2's networks without growing may have images that are not square");
    }

    /// <summary>
    /// The sizes of a network whose first block may have any size, as two programs made from the reference have them: <c>min_h</c>,
    /// <c>min_w</c> and <c>res_log2</c>, how often it is
    /// doubled; or <c>init_res</c>, doubled as often as the first block of a square network of that resolution.
    /// </summary>
    /// <inheritdoc cref="Square"/>
    internal static ImageSizes Of(EasyDict kwargs, int missing)
    {
        int log2 = int.Log2(Settings.Resolution.Of(kwargs, missing));
        Settings.ScaleType.Of(kwargs, false);
        if (Settings.InitRes.Of(kwargs, null) is { } first)
        {
            return new ImageSizes(first.Height, first.Width, log2, HasSquareNames: true).Checked();
        }

        int doublings = Settings.ResLog2.Of(kwargs, null) ?? log2 - int.Log2(Smallest);
        return new ImageSizes(Settings.MinHeight.Of(kwargs, null) ?? Smallest, Settings.MinWidth.Of(kwargs, null) ?? Smallest,
            doublings + int.Log2(Smallest)).Checked();
    }

    /// <summary>Height of a block.</summary>
    internal int HeightOf(int res) => MinHeight << (res - int.Log2(Smallest));

    /// <summary>Width of a block.</summary>
    internal int WidthOf(int res) => MinWidth << (res - int.Log2(Smallest));

    /// <summary>A block's variable scope, such as <c>8x8</c>.</summary>
    internal string Scope(int res) => HasSquareNames ? $"{1 << res}x{1 << res}" : $"{HeightOf(res)}x{WidthOf(res)}";

    private ImageSizes Checked() => Math.Max(Height, Width) <= Settings.LargestSide
        ? this
        : throw new FormatException(
            $"its images of {Height} x {Width} pixels are larger than {Settings.LargestSide}, the most that is supported");
}
