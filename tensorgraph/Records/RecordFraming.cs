using System.Buffers.Binary;

namespace TensorGraph.Records;

/// <summary>
/// What surrounds each record of a TFRecord file: its length and that length's masked checksum before it, its own masked checksum after it;
/// all little endian.
/// </summary>
internal static class RecordFraming
{
    internal const int HeaderSize = sizeof(ulong) + sizeof(uint);
    internal const int FooterSize = sizeof(uint);

    /// <summary>The most bytes that a record may have: with the checksum after them they fill the largest array.</summary>
    private static readonly int s_largest = Array.MaxLength - FooterSize;

    internal static void WriteHeader(Span<byte> header, int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], Crc32C.ComputeMasked(header[..sizeof(ulong)]));
    }

    /// <summary>Whether the checksum in a header is that of the length before it.</summary>
    internal static bool IsHeader(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]) == Crc32C.ComputeMasked(header[..sizeof(ulong)]);

    /// <summary>The length that a header tells.</summary>
    /// <exception cref="RecordException">Its checksum differs, or the record is larger than memory blocks may be.</exception>
    internal static int ReadHeader(ReadOnlySpan<byte> header, bool ignoreCrc, RecordLocation location)
    {
        if (!ignoreCrc && !IsHeader(header))
        {
            throw new RecordException(
                location, "the checksum of a record's length does not match; the file is damaged, or is not a TFRecord file");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        return length <= (ulong)s_largest
            ? (int)length
            : throw new RecordException(location, $"a record is said to have {length} bytes, more than the {s_largest} that can be read");
    }

    /// <summary>Whether the checksum after a record is that of the record.</summary>
    internal static bool IsFooter(ReadOnlySpan<byte> footer, uint crc) =>
        BinaryPrimitives.ReadUInt32LittleEndian(footer) == Crc32C.Mask(crc);

    /// <summary>Holds the checksum after a record against that of the record.</summary>
    /// <exception cref="RecordException">They differ.</exception>
    internal static void CheckFooter(ReadOnlySpan<byte> footer, uint crc, RecordLocation location)
    {
        if (!IsFooter(footer, crc))
        {
            throw new RecordException(location, "the checksum of a record's data does not match; the file is damaged");
        }
    }

    internal static RecordException Truncated(RecordLocation start, long wanted, long got) =>
        new(start, $"the file ends inside a record: {got} of its {wanted} bytes are there; the file is cut off");
}
