namespace StyleGan2.Encoder.Video;

/// <summary>Makes a video file of frames, as they come.</summary>
internal interface IVideoEncoder
{
    /// <summary>Writes a file.</summary>
    /// <param name="file">The file; one that exists is replaced. Where writing fails or is stopped, a part of it may stay.</param>
    /// <param name="size">Width and height of the frames.</param>
    /// <param name="frames">The frames' pixels, RGB row by row.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="IOException">It cannot be written; one line that names it.</exception>
    /// <exception cref="NotSupportedException">The program that makes such files is not installed.</exception>
    Task EncodeAsync(string file, FrameSize size, IAsyncEnumerable<byte[]> frames, CancellationToken cancellationToken);
}
