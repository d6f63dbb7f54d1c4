using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>A layer of a network, as <see cref="Network.ListLayers"/> finds it.</summary>
/// <param name="Name">Its scope within the network, such as <c>G_synthesis/4x4/Conv</c>.</param>
/// <param name="OutputShape">The shape of what it computes, the number of samples -1.</param>
/// <param name="Trainables">Its variables that an optimizer may change.</param>
public sealed record NetworkLayer(string Name, TensorShape OutputShape, IReadOnlyList<Variable> Trainables)
{
    /// <summary>How many numbers an optimizer may change.</summary>
    public long Params => Trainables.Sum(v => v.Shape.Elements!.Value);

    /// <summary>The shape of its weight; of its only variable where none is called weight; null where there is none.</summary>
    public TensorShape? WeightShape =>
        (Trainables.Where(v => v.Name.EndsWith("/weight", StringComparison.Ordinal)).MinBy(v => v.Name.Length)
            ?? (Trainables.Count == 1 ? Trainables[0] : null))?.Shape;
}
