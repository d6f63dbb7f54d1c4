using Imaging;
using Imaging.Colors;
using Imaging.Resizing;
using NumSharp;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Video;

/// <summary>Makes the frames of a projection's video as Python's <c>render_video</c> does, resized as PIL's Lanczos does.</summary>
internal sealed class VideoFrames
{
    private const int Rgb = 3;

    private readonly byte[] _target;
    private readonly int _height, _width, _mode;

    /// <summary>Takes the picture to the left, in mode 2.</summary>
    /// <param name="target">Float32 [1, channels, height, width] in [-1, 1].</param>
    /// <param name="options">Settings of the video.</param>
    internal VideoFrames(NDArray target, VideoOptions options)
    {
        (_height, _width, _mode) = ((int)target.shape[2], (int)target.shape[3], options.Mode);
        _target = Planes(target);
        int width = Math.Max(1, (int)Math.Round((double)_width * options.Size / _height));
        Size = new FrameSize(_mode * width, options.Size);
    }

    /// <summary>The frames' size.</summary>
    internal FrameSize Size { get; }

    /// <summary>A frame's pixels, RGB row by row.</summary>
    /// <param name="images">Float32 [1, channels, height, width] in [-1, 1].</param>
    internal byte[] Frame(NDArray images)
    {
        byte[] current = Planes(images);
        byte[] canvas = _mode == 1 ? current : Beside(_target, current);
        using Picture picture = Picture.FromPixels(canvas, Rgb, _height, _mode * _width);
        if (_height == Size.Height)
        {
            return Interleaved(picture.Pixels);
        }

        using Picture resized = picture.Resize(Size.Width, Size.Height);
        return Interleaved(resized.Pixels);
    }

    /// <summary>The three planes of a picture's levels; gray has three equal ones, and of RGBA the colours count.</summary>
    private static byte[] Planes(NDArray images)
    {
        byte[] levels = Misc.Levels(images, (-1, 1));
        return images.shape[1] == 1 ? [.. levels, .. levels, .. levels] : levels[..(Rgb * levels.Length / (int)images.shape[1])];
    }

    private byte[] Beside(byte[] left, byte[] right)
    {
        byte[] canvas = new byte[left.Length + right.Length];
        for (int row = 0; row < left.Length / _width; row++)
        {
            left.AsSpan(row * _width, _width).CopyTo(canvas.AsSpan(2 * row * _width));
            right.AsSpan(row * _width, _width).CopyTo(canvas.AsSpan(((2 * row) + 1) * _width));
        }

        return canvas;
    }

    private static byte[] Interleaved(ReadOnlySpan<byte> planes)
    {
        byte[] pixels = new byte[planes.Length];
        Interleaving.Join(planes, Rgb, pixels);
        return pixels;
    }
}
