using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>Finds a file's records by their headers, without reading their data.</summary>
internal sealed class RecordHeaders(RecordFile file)
{
    private readonly byte[] _window = new byte[1 << 14];
    private long _windowStart;
    private int _windowLength;
    private long _next;
    private long _lastLength;

    /// <summary>Finds the next record.</summary>
    /// <param name="offset">Where its data begin.</param>
    /// <param name="length">The bytes of its data.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="RecordException">A header's checksum does not match, or the file ends inside a record.</exception>
    internal bool Next(out long offset, out int length)
    {
        offset = 0;
        length = 0;
        if (_next == file.Length)
        {
            return false;
        }

        RequireWhole(RecordFraming.HeaderSize);
        length = RecordFraming.ReadHeader(Header(), ignoreCrc: false, file.Location(_next));
        long whole = (long)RecordFraming.HeaderSize + length + RecordFraming.FooterSize;
        RequireWhole(whole);
        offset = _next + RecordFraming.HeaderSize;
        _next += whole;
        _lastLength = whole;
        return true;
    }

    /// <summary>The header at hand, out of a window that covers many where records are small.</summary>
    private ReadOnlySpan<byte> Header()
    {
        if (_next < _windowStart || _next + RecordFraming.HeaderSize > _windowStart + _windowLength)
        {
            int wanted = _lastLength < _window.Length / 4 ? _window.Length : RecordFraming.HeaderSize;
            _windowStart = _next;
            _windowLength = (int)Math.Min(wanted, file.Length - _next);
            file.Read(_windowStart, _window.AsSpan(0, _windowLength));
        }

        return _window.AsSpan((int)(_next - _windowStart), RecordFraming.HeaderSize);
    }

    private void RequireWhole(long wanted)
    {
        if (file.Length - _next < wanted)
        {
            throw RecordFraming.Truncated(file.Location(_next), wanted, file.Length - _next);
        }
    }
}
