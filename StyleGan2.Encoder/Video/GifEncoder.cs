using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.PixelFormats;
using ImageSharpGif = SixLabors.ImageSharp.Formats.Gif.GifEncoder;

namespace StyleGan2.Encoder.Video;

/// <summary>
/// Makes animated GIFs. ImageSharp encodes each frame as a GIF of its own, with its own colours; their blocks are put into one file as they
/// come, so that no more than one frame is in memory.
/// </summary>
/// <param name="fps">Frames a second.</param>
internal sealed class GifEncoder(int fps) : IVideoEncoder
{
    private const int HeaderBytes = 13, FlagsOfHeader = 10, HasColors = 0x80;
    private const int PartsInSecond = 100;
    private const byte Trailer = 0x3B;

    private static readonly byte[] s_endless = [0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0];

    /// <inheritdoc/>
    public async Task EncodeAsync(string file, FrameSize size, IAsyncEnumerable<byte[]> frames, CancellationToken cancellationToken)
    {
        FrameTimes times = new(fps, PartsInSecond);
        using FileStream stream = File.Create(file);
        stream.Write(Header(size));
        stream.Write(s_endless);
        int number = 0;
        await foreach (byte[] frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            stream.Write(Blocks(frame, size, times.Of(number++)));
        }

        stream.WriteByte(Trailer);
    }

    /// <summary>Signature and size; there are no colours that frames share.</summary>
    private static byte[] Header(FrameSize size)
    {
        byte[] header = [.. "GIF89a"u8, .. new byte[HeaderBytes - 6]];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), (ushort)size.Width);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)size.Height);
        return header;
    }

    /// <summary>What stands between header and trailer in a GIF of one frame.</summary>
    private static ReadOnlySpan<byte> Blocks(byte[] frame, FrameSize size, int time)
    {
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(frame, size.Width, size.Height);
        image.Frames.RootFrame.Metadata.GetGifMetadata().FrameDelay = time;
        using MemoryStream stream = new();
        image.SaveAsGif(stream, new ImageSharpGif { ColorTableMode = GifColorTableMode.Local });
        ReadOnlySpan<byte> gif = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        return (gif[FlagsOfHeader] & HasColors) == 0 && gif[^1] == Trailer
            ? gif[HeaderBytes..^1]
            : throw new InvalidOperationException("a GIF of one frame does not have its colours in the frame");
    }
}
