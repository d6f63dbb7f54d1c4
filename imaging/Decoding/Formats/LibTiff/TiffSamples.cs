using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace Imaging.Decoding.Formats.LibTiff;

/// <summary>The samples of a TIFF file, decompressed: a plane for each sample or one for all.</summary>
internal sealed class TiffSamples
{
    private const string Format = "TIFF";

    private readonly TiffLayout _layout;
    private readonly byte[][] _planes;
    private readonly int _rowSize;

    private TiffSamples(TiffLayout layout)
    {
        _layout = layout;
        int samples = layout.IsPlanar ? 1 : layout.Samples;
        _rowSize = checked(((layout.Width * samples * layout.Bits) + 7) / 8);
        _planes = [.. Enumerable.Range(0, layout.IsPlanar ? layout.Samples : 1).Select(_ => new byte[checked(_rowSize * layout.Height)])];
    }

    /// <summary>Reads and decompresses them all.</summary>
    /// <exception cref="InvalidDataException">The file is cut off or damaged.</exception>
    internal static TiffSamples Read(EncodedImage image, Tiff tiff, TiffLayout layout)
    {
        CheckPresence(image, tiff);
        TiffSamples samples = new(layout);
        for (int plane = 0; plane < samples._planes.Length; plane++)
        {
            if (tiff.IsTiled())
            {
                samples.ReadTiles(image, tiff, plane);
            }
            else
            {
                samples.ReadStrips(image, tiff, plane);
            }
        }

        return samples;
    }

    /// <summary>The samples of a row, pixel by pixel.</summary>
    internal void Unpack(int y, Span<ushort> row)
    {
        int stride = _planes.Length;
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            ReadOnlySpan<byte> packed = _planes[plane].AsSpan(y * _rowSize, _rowSize);
            for (int i = 0; i < row.Length / stride; i++)
            {
                row[(i * stride) + plane] = Sample(packed, i);
            }
        }
    }

    /// <summary>Decoders are content with less than they are promised, if the pixels come out; PIL is not.</summary>
    private static void CheckPresence(EncodedImage image, Tiff tiff)
    {
        bool isTiled = tiff.IsTiled();
        FieldValue[]? offsets = tiff.GetField(isTiled ? TiffTag.TILEOFFSETS : TiffTag.STRIPOFFSETS);
        FieldValue[]? sizes = tiff.GetField(isTiled ? TiffTag.TILEBYTECOUNTS : TiffTag.STRIPBYTECOUNTS);
        if (offsets is null || sizes is null)
        {
            throw image.Damaged(Format, "it does not say where its pixels are");
        }

        foreach ((long offset, long size) in offsets[0].TolongArray().Zip(sizes[0].TolongArray()))
        {
            if (offset < 0 || size < 0 || offset > image.Data.Length - size)
            {
                throw image.CutOff(Format);
            }
        }
    }

    private ushort Sample(ReadOnlySpan<byte> packed, int index)
    {
        switch (_layout.Bits)
        {
            case 8:
                return packed[index];
            case 16:
                return MemoryMarshal.Cast<byte, ushort>(packed)[index];
            default:
                int perByte = 8 / _layout.Bits, shift = 8 - (_layout.Bits * ((index % perByte) + 1));
                return (ushort)((packed[index / perByte] >> shift) & ((1 << _layout.Bits) - 1));
        }
    }

    private void ReadStrips(EncodedImage image, Tiff tiff, int plane)
    {
        FieldValue[]? field = tiff.GetField(TiffTag.ROWSPERSTRIP);
        long stated = field is null ? _layout.Height : (uint)field[0].ToInt();
        int rows = (int)Math.Clamp(stated, 1, _layout.Height), strips = (_layout.Height + rows - 1) / rows;
        for (int i = 0; i < strips; i++)
        {
            int start = i * rows * _rowSize, size = Math.Min(rows * _rowSize, _planes[plane].Length - start), strip = (plane * strips) + i;
            int read = _layout.IsJpegYCbCr
                ? TiffJpeg.DecodeStrip(image, tiff, strip, _planes[plane].AsSpan(start, size))
                : tiff.ReadEncodedStrip(strip, _planes[plane], start, size);
            if (read != size)
            {
                throw Broken(image);
            }
        }
    }

    private void ReadTiles(EncodedImage image, Tiff tiff, int plane)
    {
        int width = tiff.GetField(TiffTag.TILEWIDTH)[0].ToInt(), height = tiff.GetField(TiffTag.TILELENGTH)[0].ToInt();
        int tileRow = tiff.TileRowSize();
        image.CheckSize(width, height);
        byte[] tile = new byte[tiff.TileSize()];
        for (int y = 0; y < _layout.Height; y += height)
        {
            for (int x = 0; x < _layout.Width; x += width)
            {
                int index = tiff.ComputeTile(x, y, 0, (short)plane);
                int read = _layout.IsJpegYCbCr
                    ? TiffJpeg.DecodeTile(image, tiff, index, tile)
                    : tiff.ReadEncodedTile(index, tile, 0, tile.Length);
                if (read != tile.Length)
                {
                    throw Broken(image);
                }

                CopyTile(tile, tileRow, _planes[plane], (x / width * tileRow, y, Math.Min(height, _layout.Height - y)));
            }
        }
    }

    private void CopyTile(ReadOnlySpan<byte> tile, int tileRow, Span<byte> plane, (int Offset, int Y, int Rows) place)
    {
        int length = Math.Min(tileRow, _rowSize - place.Offset);
        for (int row = 0; row < place.Rows; row++)
        {
            tile.Slice(row * tileRow, length).CopyTo(plane[(((place.Y + row) * _rowSize) + place.Offset)..]);
        }
    }

    private static InvalidDataException Broken(EncodedImage image) => image.Damaged(Format, "its pixels are cut off or cannot be decoded");
}
