using CsCheck;
using SkiaSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Tests.Video;

/// <summary>Files of videos: as many frames as were given, of their size, shown as long as they should be, the first first.</summary>
public sealed class VideoEncoderTests : IDisposable
{
    private const int Width = 48, Height = 32, Count = 13;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("libx264")]
    [InlineData("mpeg4")]
    public async Task Ffmpegs_videos(string codec)
    {
        Ffmpeg.SkipWithoutFfmpeg();
        string file = await Encode(new FfmpegEncoder(new VideoOptions { Codec = codec, Fps = 26 }), "video.mp4");
        Assert.Equal((Width, Height, Count, 0.5), await Ffmpeg.Describe(file));
        byte[][] frames = await Ffmpeg.Frames(file, Width, Height);
        Assert.Equal(Count, frames.Length);
        Assert.All(frames.Index(), f => AssertColor(f.Index, f.Item.AsSpan(3 * Width * Height / 2)));
    }

    [Fact]
    public async Task Frames_of_odd_size()
    {
        Ffmpeg.SkipWithoutFfmpeg();
        string file = _folder.File("odd.mp4");
        FrameSize size = new(35, 33);
        await new FfmpegEncoder(new VideoOptions()).EncodeAsync(file, size, Frames(size, 5), TestContext.Current.CancellationToken);
        Assert.Equal((35, 33, 5, 0.2), await Ffmpeg.Describe(file));
    }

    [Fact]
    public void A_codec_that_ffmpeg_does_not_have_is_named_before_any_work()
    {
        Ffmpeg.SkipWithoutFfmpeg();
        IOException error = Assert.Throws<IOException>(() => new VideoStudio(new VideoOptions { Codec = "nosuch" }));
        Assert.StartsWith(
            "ffmpeg cannot make the video (Unknown encoder 'nosuch'); codec nosuch, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VideoOptions.Gif, 100)]
    [InlineData(VideoOptions.WebP, 1000)]
    public async Task Animated_pictures(string codec, int partsInSecond)
    {
        IVideoEncoder encoder = codec == VideoOptions.Gif ? new GifEncoder(26) : new WebPEncoder(26);
        string file = await Encode(encoder, $"video.{codec}");
        using SKCodec read = SKCodec.Create(file);
        Assert.Equal((Width, Height, Count), (read.Info.Width, read.Info.Height, read.FrameCount));
        Assert.Equal(500, read.FrameInfo.Sum(f => f.Duration));
        Assert.All(read.FrameInfo, f => Assert.InRange(f.Duration, 38 - (1000 / partsInSecond), 39 + (1000 / partsInSecond)));
        using SKBitmap bitmap = new(new SKImageInfo(Width, Height, SKColorType.Rgba8888));
        for (int frame = 0; frame < Count; frame++)
        {
            Assert.Equal(SKCodecResult.Success, read.GetPixels(bitmap.Info, bitmap.GetPixels(), new SKCodecOptions(frame)));
            SKColor color = bitmap.GetPixel(Width / 2, Height / 2);
            AssertColor(frame, [color.Red, color.Green, color.Blue]);
        }
    }

    [Fact]
    public void Times_of_frames_add_up_to_the_videos_time() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Bool.Select(isGif => isGif ? 100 : 1000), Gen.Int[1, 500]).Sample((fps, parts, count) =>
        {
            FrameTimes times = new(fps, parts);
            int[] all = [.. Enumerable.Range(0, count).Select(times.Of)];
            return Math.Abs(all.Sum() - ((double)count * parts / fps)) <= 0.5 && all.Max() - all.Min() <= 1;
        });

    [Theory]
    [InlineData("libx264 -f null", "5M", 25, 64, 1, "codec")]
    [InlineData("libx264", "5X", 25, 64, 1, "bitrate")]
    [InlineData("gif", "5M", 101, 64, 1, "fps")]
    [InlineData("libx264", "5M", 25, 0, 1, "size")]
    [InlineData("libx264", "5M", 25, 64, 3, "mode")]
    public void A_setting_out_of_range_is_named(string codec, string bitrate, int fps, int size, int mode, string name)
    {
        VideoOptions options = new() { Codec = codec, Bitrate = bitrate, Fps = fps, Size = size, Mode = mode };
        Assert.StartsWith($"the video's {name} is ", Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    private async Task<string> Encode(IVideoEncoder encoder, string name)
    {
        FrameSize size = new(Width, Height);
        await encoder.EncodeAsync(_folder.File(name), size, Frames(size, Count), TestContext.Current.CancellationToken);
        return _folder.File(name);
    }

    private static async IAsyncEnumerable<byte[]> Frames(FrameSize size, int count)
    {
        for (int i = 0; i < count; i++)
        {
            byte[] color = Color(i);
            yield return [.. Enumerable.Range(0, size.Width * size.Height).SelectMany(_ => color)];
            await Task.Yield();
        }
    }

    private static byte[] Color(int frame) => [(byte)(20 * frame), 100, (byte)(255 - (20 * frame))];

    private static void AssertColor(int frame, ReadOnlySpan<byte> pixel)
    {
        byte[] expected = Color(frame);
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.InRange(pixel[channel], expected[channel] - 8, expected[channel] + 8);
        }
    }
}
