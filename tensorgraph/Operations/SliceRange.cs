namespace TensorGraph.Operations;

/// <summary>
/// What a slice takes of one dimension: <paramref name="Count"/> elements from <paramref name="Begin"/> on, <paramref name="Step"/> apart.
/// </summary>
internal readonly record struct SliceRange(int Begin, int Step, int Count)
{
    /// <summary>The elements that ONNX's Slice takes, or null while the dimension is unknown.</summary>
    internal static SliceRange? Of(int dim, int begin, int end, int step)
    {
        if (dim < 0)
        {
            return begin >= 0 && end > begin && step > 0 && end != int.MaxValue
                ? new SliceRange(begin, step, (end - begin + step - 1) / step)
                : null;
        }

        int low = step > 0 ? 0 : -1;
        int high = step > 0 ? dim : dim - 1;
        int first = Math.Clamp(begin < 0 ? begin + dim : begin, low < 0 ? 0 : low, high);
        int last = end == int.MinValue ? -1 : Math.Clamp(end < 0 ? end + dim : end, low, dim);
        int span = step > 0 ? last - first : first - last;
        return new SliceRange(first, step, Math.Max(0, (span + Math.Abs(step) - 1) / Math.Abs(step)));
    }
}
