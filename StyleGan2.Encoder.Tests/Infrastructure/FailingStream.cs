namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Works until a number of bytes have been read or written, then fails; knows whether it was disposed.</summary>
internal sealed class FailingStream(long failsAfter, byte[]? content = null) : Stream
{
    private readonly MemoryStream _inner = new(content ?? []);
    private long _left = failsAfter;

    internal bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int got = _inner.Read(buffer);
        Spend(got);
        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => Spend(buffer.Length);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private void Spend(int bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new IOException("the device failed");
        }
    }
}
