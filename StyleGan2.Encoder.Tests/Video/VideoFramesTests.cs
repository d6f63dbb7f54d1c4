using NumSharp;
using StyleGan2.Encoder.Video;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Video;

/// <summary>The frames of a projection's video.</summary>
public sealed class VideoFramesTests
{
    [Fact]
    public void Mode_1_shows_the_projection_alone()
    {
        VideoFrames frames = new(Filled(3, 0), new VideoOptions { Size = 2 });
        Assert.Equal(new FrameSize(2, 2), frames.Size);
        Assert.All(frames.Frame(Filled(3, 200)), v => Assert.Equal(200, v));
    }

    [Fact]
    public void Mode_2_shows_the_picture_to_its_left()
    {
        VideoFrames frames = new(Filled(3, 50), new VideoOptions { Mode = 2, Size = 2 });
        Assert.Equal(new FrameSize(4, 2), frames.Size);
        byte[] row = [50, 50, 50, 50, 50, 50, 200, 200, 200, 200, 200, 200];
        Assert.Equal([.. row, .. row], frames.Frame(Filled(3, 200)));
    }

    [Fact]
    public void Gray_pictures_have_three_equal_channels() =>
        Assert.All(new VideoFrames(Filled(1, 0), new VideoOptions { Size = 2 }).Frame(Filled(1, 90)), v => Assert.Equal(90, v));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_RGBA_pictures_the_colours_are_shown(int mode)
    {
        VideoOptions options = new() { Mode = mode, Size = 2 };
        NDArray rgba = (np.arange(16).astype(typeof(float)) / 16f).reshape(1, 4, 2, 2), rgb = rgba[":, :3"].Contiguous();
        Assert.Equal(new VideoFrames(rgb, options).Frame(rgb), new VideoFrames(rgba, options).Frame(rgba));
    }

    [Fact]
    public void Frames_are_enlarged_to_the_videos_size()
    {
        VideoFrames frames = new(Filled(3, 50), new VideoOptions { Mode = 2, Size = 64 });
        Assert.Equal(new FrameSize(128, 64), frames.Size);
        byte[] pixels = frames.Frame(Filled(3, 200));
        Assert.Equal(3 * 128 * 64, pixels.Length);
        Assert.InRange(pixels[0], 40, 60);
        Assert.InRange(pixels[^1], 190, 210);
    }

    /// <summary>A picture of 2 x 2 pixels of one level.</summary>
    private static NDArray Filled(int channels, int level) =>
        np.full(new Shape(1, channels, 2, 2), (level / 127.5f) - 1, NPTypeCode.Single);
}
