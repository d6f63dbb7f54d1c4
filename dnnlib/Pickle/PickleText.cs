using System.Text;

namespace Dnnlib.Pickle;

/// <summary>
/// A long text, decoded when asked for: Python 2 and protocol 2 keep the data of arrays in texts, which nobody reads as text.
/// </summary>
public sealed class PickleText
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private int _length;
    private bool _isLatin1;
    private string? _text;

    internal PickleText(byte[] bytes, bool isLatin1)
    {
        _bytes = bytes;
        _length = bytes.Length;
        _isLatin1 = isLatin1;
    }

    /// <summary>The number of bytes that hold it.</summary>
    internal int Length => _length;

    /// <summary>The text, decoded once.</summary>
    /// <exception cref="FormatException">It is not valid UTF-8.</exception>
    public override string ToString() => _text ??= Decode(_bytes.AsSpan(0, _length), _isLatin1);

    internal static string Decode(ReadOnlySpan<byte> bytes, bool isLatin1)
    {
        try
        {
            return (isLatin1 ? Encoding.Latin1 : s_utf8).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("a text is not valid UTF-8", e);
        }
    }

    /// <summary>
    /// The text's characters as bytes (Python's <c>text.encode('latin1')</c>), without a copy: the text itself is kept in that encoding
    /// from then on.
    /// </summary>
    /// <exception cref="FormatException">It has characters that Latin-1 does not have.</exception>
    internal ReadOnlyMemory<byte> ToLatin1()
    {
        if (!_isLatin1)
        {
            _length = Latin1Text.Shrink(_bytes);
            _isLatin1 = true;
        }

        return _bytes.AsMemory(0, _length);
    }

    /// <summary>As <see cref="ToLatin1"/>, of a short text.</summary>
    internal static ReadOnlyMemory<byte> EncodeLatin1(string text) =>
        text.All(c => c < 256)
            ? Encoding.Latin1.GetBytes(text)
            : throw new FormatException("a text with other characters than Latin-1's stands for bytes");
}
