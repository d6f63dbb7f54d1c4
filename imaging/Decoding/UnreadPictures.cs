using System.Buffers.Binary;

namespace Imaging.Decoding;

/// <summary>Knows the pictures of formats that are not read, by their content.</summary>
internal static class UnreadPictures
{
    private const int TgaHeaderSize = 18;

    private static readonly (string Name, int Offset, byte[] Start)[] s_signatures =
    [
        ("a GIF picture", 0, [.. "GIF8"u8]),
        ("a JPEG 2000 picture", 4, [.. "jP  \r\n"u8]),
        ("a JPEG 2000 picture", 0, [0xff, 0x4f, 0xff, 0x51]),
        ("a JPEG XL picture", 4, [.. "JXL \r\n"u8]),
        ("a JPEG XL picture", 0, [0xff, 0x0a]),
        ("a HEIC picture", 4, [.. "ftypheic"u8]),
        ("a HEIC picture", 4, [.. "ftypheix"u8]),
        ("a HEIF picture", 4, [.. "ftypmif1"u8]),
        ("an AVIF picture", 4, [.. "ftypavif"u8]),
        ("a Windows icon", 0, [0, 0, 1, 0]),
        ("a Photoshop picture", 0, [.. "8BPS"u8]),
        ("a GIMP picture", 0, [.. "gimp xcf"u8]),
        ("an OpenEXR picture", 0, [0x76, 0x2f, 0x31, 0x01]),
        ("a Radiance HDR picture", 0, [.. "#?RADIANCE"u8]),
        ("a DDS picture", 0, [.. "DDS "u8]),
        ("a QOI picture", 0, [.. "qoif"u8]),
        ("a PAM picture", 0, [.. "P7\n"u8]),
        ("a PFM picture", 0, [.. "PF\n"u8]),
        ("a PFM picture", 0, [.. "Pf\n"u8]),
        ("an SVG drawing", 0, [.. "<svg"u8]),
    ];

    /// <summary>What to call a picture of such a format; null for anything else.</summary>
    internal static string? NameOf(ReadOnlySpan<byte> file)
    {
        foreach ((string name, int offset, byte[] start) in s_signatures)
        {
            if (file.Length > offset && file[offset..].StartsWith(start))
            {
                return name;
            }
        }

        return IsTga(file) ? "a TGA picture" : null;
    }

    /// <summary>TGA has no signature at its start: its header must make sense.</summary>
    private static bool IsTga(ReadOnlySpan<byte> file) =>
        file.Length > TgaHeaderSize
            && file[1] <= 1
            && file[2] is 1 or 2 or 3 or 9 or 10 or 11
            && file[16] is 8 or 15 or 16 or 24 or 32
            && BinaryPrimitives.ReadUInt16LittleEndian(file[12..]) > 0
            && BinaryPrimitives.ReadUInt16LittleEndian(file[14..]) > 0;
}
