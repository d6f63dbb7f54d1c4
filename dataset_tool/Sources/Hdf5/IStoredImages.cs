namespace DatasetTool.Sources.Hdf5;

/// <summary>Images of a dataset where they are stored.</summary>
internal interface IStoredImages
{
    /// <summary>Reads an image.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="pixels">Receives it: channels, rows, columns.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    void Read(int index, Span<byte> pixels);
}
