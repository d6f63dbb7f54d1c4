namespace Imaging.Decoding;

/// <summary>The numbers in a PNM file, separated by white space and comments.</summary>
internal sealed class PnmText(EncodedImage image)
{
    private const string Format = "PNM";
    private const int MostDigits = 10;

    private int _position;

    internal static bool IsSpace(byte character) => character is (byte)' ' or (>= 9 and <= 13);

    /// <summary>The next bytes as they are.</summary>
    internal ReadOnlySpan<byte> Take(int length)
    {
        if (length > image.Data.Length - _position)
        {
            throw image.CutOff(Format);
        }

        _position += length;
        return image.Bytes.Slice(_position - length, length);
    }

    /// <summary>A whole number and the one character behind it.</summary>
    internal int Number()
    {
        byte character = First();
        long value = 0;
        for (int digits = 0; !IsSpace(character); digits++)
        {
            if (!char.IsAsciiDigit((char)character) || digits == MostDigits)
            {
                throw image.Damaged(Format, $"there is no number at byte {_position - 1}");
            }

            value = (10 * value) + (character - '0');
            character = _position < image.Data.Length ? Take(1)[0] : (byte)' ';
        }

        return value <= int.MaxValue ? (int)value : throw image.Damaged(Format, $"the number {value} is too large");
    }

    /// <summary>A sample written as a number.</summary>
    internal int Sample(int maximum)
    {
        int sample = Number();
        return sample <= maximum ? sample : throw image.Damaged(Format, $"sample {sample} is larger than {maximum}");
    }

    /// <summary>A sample written as 0 or 1, with or without space between.</summary>
    internal bool Bit()
    {
        byte character = First();
        return character is (byte)'0' or (byte)'1' ? character == '1' : throw image.Damaged(Format, $"there is neither 0 nor 1 at byte {_position - 1}");
    }

    /// <summary>The first character that is neither space nor comment.</summary>
    private byte First()
    {
        byte character = Take(1)[0];
        while (IsSpace(character) || character == '#')
        {
            bool isComment = character == '#';
            character = Take(1)[0];
            while (isComment && character is not ((byte)'\r' or (byte)'\n'))
            {
                character = Take(1)[0];
            }
        }

        return character;
    }
}
