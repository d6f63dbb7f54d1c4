namespace Imaging.Decoding.Formats;

/// <summary>The numbers in a PNM file, separated by white space and comments.</summary>
internal sealed class PnmText(EncodedImage image)
{
    private const string Format = "PNM";
    private const int MostDigits = 9;

    private int _position;

    internal static bool IsSpace(byte character) => character is (byte)' ' or (>= 9 and <= 13);

    /// <summary>Checks that so many bytes follow.</summary>
    internal void Require(long length)
    {
        if (length > image.Data.Length - _position)
        {
            throw image.CutOff(Format);
        }
    }

    /// <summary>The next bytes as they are.</summary>
    internal ReadOnlySpan<byte> Take(int length)
    {
        Require(length);
        _position += length;
        return image.Bytes.Slice(_position - length, length);
    }

    /// <summary>A whole number and the one character behind it.</summary>
    internal int Number()
    {
        byte character = First();
        int value = 0;
        for (int digits = 0; !IsSpace(character); digits++)
        {
            if (!char.IsAsciiDigit((char)character) || digits == MostDigits)
            {
                throw image.Damaged(Format, $"there is no number at byte {_position - 1}");
            }

            value = (10 * value) + (character - '0');
            character = _position < image.Data.Length ? Take(1)[0] : (byte)' ';
        }

        return value;
    }

    /// <summary>A sample written as a number.</summary>
    internal byte Sample()
    {
        int sample = Number();
        return sample <= byte.MaxValue ? (byte)sample : throw image.Damaged(Format, $"sample {sample} is larger than {byte.MaxValue}");
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
