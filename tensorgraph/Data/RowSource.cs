namespace TensorGraph.Data;

/// <summary>Components in memory whose rows can be written while they are being made.</summary>
internal abstract class RowSource : ComponentSource
{
    /// <summary>A row's place; valid while the source is reachable.</summary>
    internal abstract Span<byte> Row(int index, int rowSize);
}
