namespace StyleGan2.Encoder.Tests.Gradients;

/// <summary>A small array in double precision.</summary>
/// <param name="Values">The elements in row-major order.</param>
/// <param name="Shape">The shape.</param>
internal sealed record DoubleArray(double[] Values, int[] Shape)
{
    internal int Rank => Shape.Length;

    /// <summary>The element at an index.</summary>
    internal double this[ReadOnlySpan<int> index]
    {
        get
        {
            int at = 0;
            for (int i = 0; i < Rank; i++)
            {
                at = (at * Shape[i]) + index[i];
            }

            return Values[at];
        }
    }

    /// <summary>An array of a function of its index.</summary>
    internal static DoubleArray Of(int[] shape, Func<int[], double> value)
    {
        double[] values = new double[shape.Aggregate(1, (n, d) => n * d)];
        int[] index = new int[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(index);
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return new DoubleArray(values, shape);
    }

    /// <summary>The element that broadcasting puts at an index of a shape of the same or a higher rank.</summary>
    internal double Broadcast(int[] index)
    {
        int[] own = index[^Rank..];
        for (int i = 0; i < Rank; i++)
        {
            own[i] = Shape[i] == 1 ? 0 : own[i];
        }

        return this[own];
    }

    internal DoubleArray Map(Func<double, double> f) => new(Array.ConvertAll(Values, v => f(v)), Shape);

    /// <summary>The shape that two shapes broadcast to.</summary>
    internal static int[] BroadcastShape(int[] a, int[] b)
    {
        int rank = Math.Max(a.Length, b.Length);
        int[] wideA = [.. Enumerable.Repeat(1, rank - a.Length), .. a], wideB = [.. Enumerable.Repeat(1, rank - b.Length), .. b];
        return [.. wideA.Zip(wideB, (x, y) => x == 1 ? y : x)];
    }
}
