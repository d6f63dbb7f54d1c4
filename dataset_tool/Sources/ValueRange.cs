using System.Numerics.Tensors;

namespace DatasetTool.Sources;

/// <summary>Checks that well-known datasets hold the values that they are known to hold, as the reference does.</summary>
internal static class ValueRange
{
    /// <summary>Checks the smallest and the largest value.</summary>
    /// <param name="values">All parts of the values.</param>
    /// <param name="name">The file or folder that they come from.</param>
    /// <param name="what">What they are.</param>
    /// <param name="largest">The largest value there must be; the smallest is 0.</param>
    /// <exception cref="InvalidDataException">They are others.</exception>
    internal static void Check<T>(IEnumerable<T[]> values, string name, string what, T largest)
        where T : System.Numerics.INumber<T>
    {
        (T min, T max) = values.Where(v => v.Length > 0)
            .Select(v => (Min: TensorPrimitives.Min<T>(v), Max: TensorPrimitives.Max<T>(v)))
            .Aggregate((a, b) => (T.Min(a.Min, b.Min), T.Max(a.Max, b.Max)));
        if (min != T.Zero || max != largest)
        {
            throw new InvalidDataException(
                $"{name}: its {what} lie between {min} and {max}, not between 0 and {largest}; get the dataset itself");
        }
    }
}
