using NumSharp;

namespace StyleGan2.Encoder.Video;

/// <summary>Makes the videos of a run, one of each picture.</summary>
internal sealed class VideoStudio
{
    private readonly IVideoEncoder _encoder;

    /// <summary>Makes sure that videos can be made, before hours of work are spent: a frame is encoded.</summary>
    /// <param name="options">Settings of the videos.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="NotSupportedException">ffmpeg is not installed.</exception>
    /// <exception cref="IOException">ffmpeg has no such codec, or does not take the settings.</exception>
    internal VideoStudio(VideoOptions options)
    {
        options.Validate();
        Options = options;
        switch (options.Codec)
        {
            case VideoOptions.Gif:
                _encoder = new GifEncoder(options.Fps);
                break;
            case VideoOptions.WebP:
                _encoder = new WebPEncoder(options.Fps);
                break;
            default:
                _encoder = new FfmpegEncoder(options);
                TryOut();
                break;
        }
    }

    /// <summary>Settings of the videos.</summary>
    internal VideoOptions Options { get; }

    /// <summary>Begins the video of a picture.</summary>
    /// <param name="file">The file to write; the caller gives it its final name when the video is finished.</param>
    /// <param name="framesFolder">A folder for the frames, where they are kept.</param>
    /// <param name="target">The picture, float32 [1, channels, height, width] in [-1, 1].</param>
    internal ProjectionVideo Begin(string file, string framesFolder, NDArray target) =>
        new(_encoder, file, Options.KeepFrames ? framesFolder : null, new VideoFrames(target, Options));

    private void TryOut()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("stylegan2-video-");
        try
        {
            FrameSize size = new(Options.Mode * Options.Size, Options.Size);
            string file = Path.Combine(folder.FullName, $"trial{Options.Extension}");
            _encoder.EncodeAsync(file, size, OneFrame(size), CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (IOException error)
        {
            throw new IOException(
                $"{error.Message[(error.Message.IndexOf(':', StringComparison.Ordinal) + 2)..]}; codec {Options.Codec}, bitrate "
                    + $"{Options.Bitrate}, size {Options.Size}: give others with --video-codec, --video-bitrate, --video-size",
                error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async IAsyncEnumerable<byte[]> OneFrame(FrameSize size)
    {
        yield return new byte[3 * size.Width * size.Height];
        await Task.CompletedTask.ConfigureAwait(false);
    }
}
