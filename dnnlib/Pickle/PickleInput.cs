using System.Buffers.Binary;

namespace Dnnlib.Pickle;

/// <summary>The bytes of a pickle: read in order, never past the end, with the position and a memory budget at hand for errors.</summary>
/// <param name="stream">A stream that knows its length, at the pickle's first byte.</param>
/// <param name="name">The file's name, for errors.</param>
/// <param name="memory">Bytes of memory that it may use; what a file of its length may if left out.</param>
internal sealed class PickleInput(Stream stream, string name, long? memory = null)
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private long _bufferStart = stream.Position;
    private int _at;
    private int _end;
    private long _memoryLeft = memory ?? PickleLimits.Memory(stream.Length);

    internal long Length { get; } = stream.Length;

    internal long Position => _bufferStart + _at;

    /// <summary>Where the operation now running began.</summary>
    internal long OperationStart { get; private set; }

    private long Remaining => Length - Position;

    internal byte NextOperation()
    {
        OperationStart = Position;
        return ReadByte();
    }

    internal byte ReadByte() => Read(1)[0];

    internal ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Read(2));

    internal int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(4));

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Read(4));

    internal double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Read(8));

    /// <summary>A length of eight bytes that the rest of the file can hold.</summary>
    internal long ReadLength64()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Read(8));
        return length <= (ulong)Remaining ? (long)length : throw CutOff(length);
    }

    /// <summary>The next few bytes, valid until the next read.</summary>
    internal ReadOnlySpan<byte> Read(int count)
    {
        if (_end - _at < count)
        {
            Fill(count);
        }

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_at, count);
        _at += count;
        return bytes;
    }

    /// <summary>An array of the next bytes, read straight into place.</summary>
    internal byte[] ReadBytes(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw CutOff((ulong)count);
        }

        if (count > Array.MaxLength)
        {
            throw Error($"an object of {count} bytes is more than one array can hold");
        }

        Charge(count);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)count);
        int buffered = Math.Min(bytes.Length, _end - _at);
        _buffer.AsSpan(_at, buffered).CopyTo(bytes);
        _at += buffered;
        if (buffered < bytes.Length)
        {
            _bufferStart += _at;
            _at = _end = 0;
            int read = stream.ReadAtLeast(bytes.AsSpan(buffered), bytes.Length - buffered, throwOnEndOfStream: false);
            _bufferStart += read;
            if (buffered + read < bytes.Length)
            {
                throw CutOff((ulong)(bytes.Length - buffered - read));
            }
        }

        return bytes;
    }

    /// <summary>The bytes up to the next line feed, which is skipped.</summary>
    internal byte[] ReadLine(long longest)
    {
        List<byte> line = [];
        for (byte b = ReadByte(); b != '\n'; b = ReadByte())
        {
            if (line.Count >= longest)
            {
                throw Error($"a line is longer than {longest} bytes");
            }

            if (line.Count == line.Capacity)
            {
                Charge(2 * Math.Max(16, line.Count));
            }

            line.Add(b);
        }

        Charge(line.Count);
        return [.. line];
    }

    /// <summary>Accounts for memory about to be used; a file that asks for much more than its own size is refused.</summary>
    internal void Charge(long bytes)
    {
        _memoryLeft -= bytes;
        if (_memoryLeft < 0)
        {
            throw Error($"it asks for far more memory than its {Length} bytes can fill; do not trust this file");
        }
    }

    /// <summary>An error about the operation now running.</summary>
    internal InvalidDataException Error(string what, Exception? inner = null) =>
        new($"{name}: not a readable pickle: {what} (byte {OperationStart})", inner);

    private void Fill(int count)
    {
        int kept = _end - _at;
        _buffer.AsSpan(_at, kept).CopyTo(_buffer);
        _bufferStart += _at;
        _at = 0;
        _end = kept + stream.ReadAtLeast(_buffer.AsSpan(kept), count - kept, throwOnEndOfStream: false);
        if (_end < count)
        {
            throw CutOff((ulong)count);
        }
    }

    private InvalidDataException CutOff(ulong needed) =>
        new($"{name}: cut off or damaged: at byte {Position} of {Length}, {needed} more bytes are needed; "
            + "copy or download the file again");
}
