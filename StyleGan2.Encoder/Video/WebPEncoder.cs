using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;

namespace StyleGan2.Encoder.Video;

/// <summary>
/// Makes animated WebP files. ImageSharp encodes each frame as a file of its own; their data is put into one file as they come, so that no
/// more than one frame is in memory.
/// </summary>
/// <param name="fps">Frames a second.</param>
internal sealed class WebPEncoder(int fps) : IVideoEncoder
{
    private const int FileHeaderBytes = 12, ChunkHeaderBytes = 8, PartsInSecond = 1000;
    private const byte Animated = 0x02, NoBlending = 0x02;

    private static readonly WebpEncoder s_encoder = new() { FileFormat = WebpFileFormatType.Lossy, Method = WebpEncodingMethod.Fastest };

    /// <inheritdoc/>
    public async Task EncodeAsync(string file, FrameSize size, IAsyncEnumerable<byte[]> frames, CancellationToken cancellationToken)
    {
        FrameTimes times = new(fps, PartsInSecond);
        using FileStream stream = File.Create(file);
        stream.Write(new byte[FileHeaderBytes]);
        WriteChunk(stream, "VP8X"u8, [Animated, 0, 0, 0, .. Low24(size.Width - 1), .. Low24(size.Height - 1)]);
        WriteChunk(stream, "ANIM"u8, new byte[6]);
        int number = 0;
        await foreach (byte[] frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            byte[] place = [.. new byte[6], .. Low24(size.Width - 1), .. Low24(size.Height - 1)];
            WriteChunk(stream, "ANMF"u8, [.. place, .. Low24(times.Of(number++)), NoBlending, .. Encoded(frame, size)]);
        }

        WriteFileHeader(stream, file);
    }

    /// <summary>The chunk of a frame's pixels.</summary>
    private static byte[] Encoded(byte[] frame, FrameSize size)
    {
        using Image<Rgb24> image = Image.LoadPixelData<Rgb24>(frame, size.Width, size.Height);
        using MemoryStream stream = new();
        image.SaveAsWebp(stream, s_encoder);
        byte[] file = stream.ToArray();
        return file.AsSpan(FileHeaderBytes).StartsWith("VP8 "u8)
            ? file[FileHeaderBytes..]
            : throw new InvalidOperationException("a WebP of one frame does not begin with its pixels");
    }

    private static void WriteFileHeader(FileStream stream, string file)
    {
        if (stream.Length > uint.MaxValue)
        {
            throw new IOException($"{file}: the video is larger than 4 GB, which WebP cannot be; give a smaller --video-size");
        }

        stream.Position = 0;
        stream.Write("RIFF"u8);
        stream.Write(Low32((uint)(stream.Length - ChunkHeaderBytes)));
        stream.Write("WEBP"u8);
    }

    private static void WriteChunk(FileStream stream, ReadOnlySpan<byte> name, byte[] data)
    {
        stream.Write(name);
        stream.Write(Low32((uint)data.Length));
        stream.Write(data);
        if (data.Length % 2 == 1)
        {
            stream.WriteByte(0);
        }
    }

    private static byte[] Low24(int value) => Low32((uint)value)[..3];

    private static byte[] Low32(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
