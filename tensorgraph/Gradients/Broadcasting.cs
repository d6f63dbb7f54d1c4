using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph.Gradients;

/// <summary>Undoes broadcasting, for all gradient rules in this one place.</summary>
internal static class Broadcasting
{
    /// <summary>Sums a gradient over the dimensions along which its tensor was repeated.</summary>
    internal static Tensor Undo(Tensor gradient, Tensor tensor)
    {
        if (gradient.Shape == tensor.Shape)
        {
            return gradient;
        }

        int added = gradient.Shape.Rank - tensor.Shape.Rank;
        IEnumerable<int> axes = Enumerable.Range(0, gradient.Shape.Rank);
        int[] repeated = [.. axes.Where(i => i < added || (tensor.Shape[i - added] == 1 && gradient.Shape[i] != 1))];
        Tensor summed = repeated.Length == 0 ? gradient : Reductions.Sum(gradient, repeated, keepDims: true);
        return added == 0 ? summed : Shapes.Reshape(summed, Shapes.Of(tensor));
    }

    /// <summary>Repeats a reduction's gradient over the dimensions that it reduced.</summary>
    internal static Tensor Restore(Tensor gradient, Tensor reduced, IEnumerable<int> axes)
    {
        TensorShape kept = [.. reduced.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)];
        return Shapes.Broadcast(KeepDimensions(gradient, reduced, kept, axes), Shapes.Of(reduced));
    }

    /// <summary>Gives a reduction's result, or its gradient, the reduced dimensions back with size one.</summary>
    internal static Tensor KeepDimensions(Tensor value, Tensor reduced, TensorShape kept, IEnumerable<int> axes)
    {
        if (value.Shape.Rank == reduced.Shape.Rank)
        {
            return value;
        }

        return kept.IsFullyDefined ? Shapes.Reshape(value, kept) : axes.Order().Aggregate(value, (v, axis) => Shapes.ExpandDims(v, axis));
    }
}
