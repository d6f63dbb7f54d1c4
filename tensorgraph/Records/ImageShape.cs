namespace TensorGraph.Records;

/// <summary>The shape of an image stored channels first.</summary>
/// <param name="Channels">Colour channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels in a row.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of values, which for uint8 images is also that of bytes.</summary>
    public long Size => (long)Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => $"[{Channels}, {Height}, {Width}]";
}
