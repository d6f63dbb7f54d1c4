using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph.Gradients;

/// <summary>Gradients of reductions and of operations that rearrange elements, where one expression does not hold them.</summary>
internal static class ArrayGradients
{
    internal static int[] ReducedAxes(Operation op) => [.. ConstantInput(op, 1).Select(a => (int)a)];

    internal static Tensor DividedByCount(Operation op, Tensor dy)
    {
        Tensor x = op.Inputs[0];
        int[] axes = ReducedAxes(op);
        if (Array.TrueForAll(axes, a => x.Shape[a] >= 0))
        {
            return dy * (1.0 / axes.Aggregate(1L, (n, a) => n * x.Shape[a]));
        }

        return dy / Reductions.Sum(Shapes.FillLike(x, 1), axes, keepDims: op.Attribute<long>("keepdims") == 1);
    }

    /// <summary>The gradient goes to the elements that are the extremum, in equal shares.</summary>
    internal static Tensor Extremum(Operation op, Tensor dy)
    {
        Tensor x = op.Inputs[0];
        int[] axes = ReducedAxes(op);
        Tensor isExtremum = Emit.Compare("Equal", x, Broadcasting.Restore(op.Output, x, axes));
        Tensor chosen = Elementwise.StopGradient(Emit.Cast(isExtremum, x.DType));
        Tensor share = chosen / Reductions.Sum(chosen, axes, keepDims: true);
        return Broadcasting.Restore(dy, x, axes) * share;
    }

    internal static int[] InversePermutation(Operation op)
    {
        long[] perm = op.Attribute<long[]>("perm");
        return [.. Enumerable.Range(0, perm.Length).Select(i => Array.IndexOf(perm, i))];
    }

    internal static Tensor Concat(Operation op, Tensor dy, int input)
    {
        int axis = (int)op.Attribute<long>("axis");
        int begin = op.Inputs.Take(input).Sum(i => Known(i, axis));
        return Arrays.SliceAxes(dy, [axis], [begin], [begin + Known(op.Inputs[input], axis)]);
    }

    internal static Tensor Slice(Operation op, Tensor dy)
    {
        Tensor x = op.Inputs[0];
        long[] begins = ConstantInput(op, 1), ends = ConstantInput(op, 2), axes = ConstantInput(op, 3), steps = ConstantInput(op, 4);
        Tensor dx = dy;
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)axes[i];
            axis = axis < 0 ? axis + x.Shape.Rank : axis;
            SliceRange range = SliceRange.Of(Known(x, axis), (int)begins[i], (int)ends[i], (int)steps[i])!.Value;
            dx = Scatter(dx, axis, range, x.Shape[axis]);
        }

        return dx;
    }

    internal static Tensor Pad(Operation op, Tensor dy)
    {
        long[] amounts = ConstantInput(op, 1);
        int rank = amounts.Length / 2;
        return Arrays.Pad(dy, [.. Enumerable.Range(0, rank).Select(i => ((int)-amounts[i], (int)-amounts[rank + i]))]);
    }

    internal static Tensor Tile(Operation op, Tensor dy)
    {
        Tensor x = op.Inputs[0];
        long[] multiples = ConstantInput(op, 1);
        TensorShape split = [.. x.Shape.SelectMany((d, i) => new[] { (int)multiples[i], d })];
        return Reductions.Sum(Shapes.Reshape(dy, split), [.. Enumerable.Range(0, x.Shape.Rank).Select(i => 2 * i)]);
    }

    /// <summary>The values of an input that is a constant vector.</summary>
    internal static long[] ConstantInput(Operation op, int input) =>
        ShapeValues.Constant(op.Inputs[input])
            ?? throw new NotSupportedException($"{op.Name}: the gradient of {op.Type} needs input {input} to be a constant");

    /// <summary>Puts a slice's elements back at their places along an axis, zeros between.</summary>
    private static Tensor Scatter(Tensor dy, int axis, SliceRange range, int size)
    {
        if (range.Step < 0)
        {
            SliceRange forward = new(range.Begin + (range.Count - 1) * range.Step, -range.Step, range.Count);
            return Scatter(Arrays.Reverse(dy, [axis]), axis, forward, size);
        }

        Tensor spread = range.Step == 1 ? dy : SpreadOut(dy, axis, range.Step);
        int extent = range.Count * range.Step;
        return PadAxis(spread, axis, range.Begin, size - range.Begin - extent);
    }

    /// <summary>Follows each element along an axis by step - 1 zeros.</summary>
    private static Tensor SpreadOut(Tensor x, int axis, int step)
    {
        Tensor apart = PadAxis(Shapes.ExpandDims(x, axis + 1), axis + 1, 0, step - 1);
        return Shapes.Reshape(apart, x.Shape.With(axis, x.Shape[axis] * step));
    }

    private static Tensor PadAxis(Tensor x, int axis, int before, int after) =>
        Arrays.Pad(x, [.. Enumerable.Range(0, x.Shape.Rank).Select(i => i == axis ? (before, after) : (0, 0))]);

    private static int Known(Tensor x, int axis) =>
        x.Shape[axis] >= 0 ? x.Shape[axis] : throw new NotSupportedException($"the gradient needs dimension {axis} of {x} to be known");
}
