namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Reads from bytes as a pipe does: cannot seek, does not know its length, gives few bytes at a time.</summary>
internal sealed class TrickleStream(byte[] bytes, int atATime) : MemoryStream(bytes, writable: false)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atATime)]);
}
