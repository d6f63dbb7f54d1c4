namespace Imaging.Decoding;

/// <summary>Expands BMP's run-length codes of 8-bit and 4-bit indices.</summary>
internal ref struct BmpRunLength
{
    private readonly EncodedImage _image;
    private readonly BmpHeader _header;
    private readonly byte[] _indices;
    private int _position;
    private int _count;
    private int _column;

    private BmpRunLength(EncodedImage image, BmpHeader header)
    {
        (_image, _header) = (image, header);
        _indices = new byte[header.Width * header.Height];
        _position = (int)Math.Min(header.PixelOffset, image.Data.Length);
    }

    private readonly bool IsRunLength4 => _header.Compression == BmpHeader.RunLength4;

    /// <summary>One byte for each pixel, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">The codes end before the picture does.</exception>
    internal static byte[] Expand(EncodedImage image, BmpHeader header)
    {
        BmpRunLength codes = new(image, header);
        while (codes._count < codes._indices.Length && codes.Next())
        {
        }

        return codes._count < codes._indices.Length ? throw image.CutOff("BMP") : codes._indices;
    }

    /// <summary>Takes the next code; false at the end of the picture.</summary>
    private bool Next()
    {
        byte count = Take(), value = Take();
        switch (count, value)
        {
            case ( > 0, _):
                AddRun(Math.Min((int)count, Math.Max(0, _header.Width - _column)), value);
                break;
            case (_, 0):
                Skip((_header.Width - (_count % _header.Width)) % _header.Width);
                _column = 0;
                break;
            case (_, 1):
                return false;
            case (_, 2):
                Skip(Take() + (Take() * _header.Width));
                _column = _count % _header.Width;
                break;
            default:
                AddLiterals(value);
                break;
        }

        return true;
    }

    private void AddRun(int length, byte value)
    {
        for (int i = 0; i < length; i++)
        {
            Add(!IsRunLength4 ? value : (byte)(i % 2 == 0 ? value >> 4 : value & 15));
        }

        _column += length;
    }

    private void AddLiterals(byte length)
    {
        int bytes = IsRunLength4 ? length / 2 : length;
        for (int i = 0; i < bytes; i++)
        {
            byte value = Take();
            if (IsRunLength4)
            {
                Add((byte)(value >> 4));
                value &= 15;
            }

            Add(value);
        }

        _column += length;
        _position += _position % 2;
    }

    private void Add(byte index)
    {
        if (_count < _indices.Length)
        {
            _indices[_count] = index;
        }

        _count++;
    }

    private void Skip(int pixels) => _count += pixels;

    private byte Take() => _position < _image.Data.Length ? _image.Bytes[_position++] : throw _image.CutOff("BMP");
}
