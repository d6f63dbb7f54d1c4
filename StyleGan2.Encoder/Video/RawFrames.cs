using FFMpegCore.Pipes;

namespace StyleGan2.Encoder.Video;

/// <summary>Frames on their way to ffmpeg.</summary>
/// <param name="size">Width and height.</param>
/// <param name="fps">Frames a second.</param>
/// <param name="frames">RGB pixels, row by row.</param>
internal sealed class RawFrames(FrameSize size, int fps, IAsyncEnumerable<byte[]> frames) : IPipeSource
{
    /// <summary>What kept the frames from coming; null where they came, or ffmpeg did not take them.</summary>
    internal Exception? Problem { get; private set; }

    /// <inheritdoc/>
    public string GetStreamArguments() => $"-f rawvideo -r {fps} -pix_fmt rgb24 -s {size.Width}x{size.Height}";

    /// <inheritdoc/>
    public async Task WriteAsync(Stream outputStream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (byte[] frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await outputStream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is not IOException)
        {
            Problem = problem;
            throw;
        }
    }
}
