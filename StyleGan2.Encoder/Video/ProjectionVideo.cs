using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NumSharp;
using Training;

namespace StyleGan2.Encoder.Video;

/// <summary>
/// The video of a projection, encoded in the background while the projection goes on. Disposing it before it is finished removes it.
/// </summary>
internal sealed class ProjectionVideo : IDisposable
{
    /// <summary>Frames that may wait for the encoder.</summary>
    private const int MostWaiting = 8;

    private readonly string _file;
    private readonly string? _framesFolder;
    private readonly VideoFrames _frames;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<NDArray> _waiting = Channel.CreateBounded<NDArray>(MostWaiting);
    private readonly Task _encoding;
    private int _count;
    private bool _isFinished;

    /// <summary>Begins.</summary>
    /// <param name="encoder">Makes the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="framesFolder">A folder for the frames as PNG; null where they are not kept.</param>
    /// <param name="frames">Makes the frames.</param>
    internal ProjectionVideo(IVideoEncoder encoder, string file, string? framesFolder, VideoFrames frames)
    {
        (_file, _framesFolder, _frames) = (file, framesFolder, frames);
        if (framesFolder is not null)
        {
            FrameFolder.Delete(framesFolder);
            Directory.CreateDirectory(framesFolder);
        }

        _encoding = Task.Run(() => Encode(encoder));
    }

    /// <summary>Adds a frame; waits where the encoder cannot keep up.</summary>
    /// <param name="images">Float32 [1, channels, height, width] in [-1, 1].</param>
    /// <exception cref="IOException">The video or the frame cannot be written.</exception>
    internal void Add(NDArray images)
    {
        _count++;
        if (_framesFolder is not null)
        {
            Misc.SaveImageGrid(images, Path.Combine(_framesFolder, FrameFolder.NameOf(_count)), (-1, 1));
        }

        if (!_waiting.Writer.TryWrite(images) && !WaitAndWrite(images))
        {
            _encoding.GetAwaiter().GetResult();
        }
    }

    /// <summary>Waits for the last frame, and until the disk has the file.</summary>
    /// <exception cref="IOException">The video cannot be written.</exception>
    internal void Finish()
    {
        _waiting.Writer.TryComplete();
        _encoding.GetAwaiter().GetResult();
        using FileStream file = new(_file, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        _isFinished = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        if (!_isFinished)
        {
            _stop.Cancel();
            Task.WaitAny([_encoding], CancellationToken.None);
            File.Delete(_file);
            if (_framesFolder is not null)
            {
                FrameFolder.Delete(_framesFolder);
            }
        }

        _stop.Dispose();
    }

    private async Task Encode(IVideoEncoder encoder)
    {
        try
        {
            await encoder.EncodeAsync(_file, _frames.Size, Made(_stop.Token), _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _waiting.Writer.TryComplete();
        }
    }

    private async IAsyncEnumerable<byte[]> Made([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (NDArray images in _waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return _frames.Frame(images);
        }
    }

    /// <summary>Waits for a place; there is none any more where the encoder has ended.</summary>
    private bool WaitAndWrite(NDArray images)
    {
        try
        {
            _waiting.Writer.WriteAsync(images).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }
}
