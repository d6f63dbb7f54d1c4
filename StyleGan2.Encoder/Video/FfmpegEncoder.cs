using FFMpegCore;
using FFMpegCore.Enums;
using FFMpegCore.Exceptions;
using Instances.Exceptions;

namespace StyleGan2.Encoder.Video;

/// <summary>Makes MP4 files by the program ffmpeg, which must be installed.</summary>
/// <param name="options">Settings of the video.</param>
internal sealed class FfmpegEncoder(VideoOptions options) : IVideoEncoder
{
    private const string Missing =
        "videos are made by ffmpeg, which is not installed; install it (Debian and Ubuntu: apt install ffmpeg, macOS: brew install ffmpeg, "
        + $"Windows: winget install ffmpeg), or give --video-codec {VideoOptions.Gif} or {VideoOptions.WebP}, which need nothing";

    private static readonly FFOptions s_ffmpeg = new() { LogLevel = FFMpegLogLevel.Error };

    /// <inheritdoc/>
    public async Task EncodeAsync(string file, FrameSize size, IAsyncEnumerable<byte[]> frames, CancellationToken cancellationToken)
    {
        RawFrames source = new(size, options.Fps, frames);
        try
        {
            await FFMpegArguments.FromPipeInput(source).OutputToFile(file, overwrite: true, Add)
                .ProcessAsynchronously(throwOnError: true, s_ffmpeg, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (FFMpegException error) when (error.InnerException is InstanceFileNotFoundException)
        {
            throw new NotSupportedException(Missing, error);
        }
        catch (Exception error) when (error is FFMpegException or FFMpegProcessException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"{file}: ffmpeg cannot make the video ({Reason(error.Message)})", source.Problem ?? error);
        }

        void Add(FFMpegOutputOptions arguments)
        {
            arguments.WithVideoCodec(options.Codec).WithCustomArgument($"-b:v {options.Bitrate}");
            if (size.IsEven)
            {
                arguments.WithCustomArgument("-pix_fmt yuv420p");
            }
        }
    }

    /// <summary>The first of ffmpeg's own lines.</summary>
    private static string Reason(string message)
    {
        int start = message.IndexOf('-', message.IndexOf('(') + 1);
        return message[(start + 1)..].TrimEnd(')').Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(message);
    }
}
