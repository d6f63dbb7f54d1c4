namespace TensorGraph.Data;

/// <summary>Components in memory whose rows can be written while they are being made.</summary>
internal abstract class RowSource : ComponentSource
{
    /// <summary>The place of consecutive rows; valid while the source is reachable.</summary>
    internal abstract Span<byte> Rows(int index, int count, int rowSize);
}
