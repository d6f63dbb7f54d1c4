using System.Numerics;
using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Comparison;

/// <summary>How far an array is from the one expected.</summary>
/// <param name="Ulps">The largest number of steps from one representable number to the next between two elements; for whole numbers their
/// difference.</param>
/// <param name="Relative">The largest absolute difference in relation to the largest absolute value expected, of the whole array or series;
/// infinite where one is not a number and the other is.</param>
/// <param name="SameBits">Whether all elements are the same to the bit.</param>
internal sealed record ArrayDifference(long Ulps, double Relative, bool SameBits)
{
    /// <summary>Compares two arrays of one shape and element type.</summary>
    /// <exception cref="InvalidDataException">Shape or element type differ.</exception>
    internal static ArrayDifference Of(NDArray expected, NDArray actual)
    {
        if (expected.dtype != actual.dtype || !expected.shape.SequenceEqual(actual.shape))
        {
            throw new InvalidDataException(
                $"{Described(expected)} is expected and {Described(actual)} was found; only arrays of one shape and type can be compared");
        }

        return expected.dtype == typeof(float)
            ? Of(expected.Values<float>(), actual.Values<float>(), PlaceOf)
            : expected.dtype == typeof(double)
            ? Of(expected.Values<double>(), actual.Values<double>(), x => Place(BitConverter.DoubleToInt64Bits(x), long.MinValue))
            : Of(expected.astype(typeof(long)).Values<long>(), actual.astype(typeof(long)).Values<long>(), x => x);
    }

    /// <summary>The difference of one value of a series, in relation to the largest of the series.</summary>
    /// <param name="expected">The series expected, float32 [n].</param>
    /// <param name="index">The value's place in it.</param>
    /// <param name="actual">The value found.</param>
    internal static ArrayDifference InSeries(float[] expected, int index, float actual)
    {
        ArrayDifference alone = Of([expected[index]], [actual], PlaceOf);
        return alone.Relative is 0 or double.PositiveInfinity
            ? alone
            : alone with { Relative = Math.Abs((double)expected[index] - actual) / expected.Max(MathF.Abs) };
    }

    /// <summary>The larger of two differences in every respect.</summary>
    internal ArrayDifference And(ArrayDifference other) =>
        new ArrayDifference(Math.Max(Ulps, other.Ulps), Math.Max(Relative, other.Relative), SameBits && other.SameBits);

    /// <inheritdoc/>
    public override string ToString() => SameBits ? "same bits" : $"{Ulps} ulps, {Relative:0.0E+00} relative";

    private static ArrayDifference Of<T>(T[] expected, T[] actual, Func<T, long> place)
        where T : unmanaged, INumber<T>
    {
        bool sameBits = System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(expected).SequenceEqual(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(actual));
        if (sameBits)
        {
            return new ArrayDifference(0, 0, true);
        }

        long ulps = 0;
        double difference = 0, largest = 0;
        foreach ((T e, T a) in expected.Zip(actual))
        {
            bool comparable = T.IsNaN(e) == T.IsNaN(a);
            ulps = Math.Max(ulps, comparable ? (long)Int128.Min(Int128.Abs((Int128)place(e) - place(a)), long.MaxValue) : long.MaxValue);
            difference = Math.Max(difference, e == a || T.IsNaN(e) ? 0 : Math.Abs(double.CreateChecked(e) - double.CreateChecked(a)));
            difference = comparable ? difference : double.PositiveInfinity;
            largest = T.IsNaN(e) ? largest : Math.Max(largest, Math.Abs(double.CreateChecked(e)));
        }

        return new ArrayDifference(ulps, difference == 0 ? 0 : difference / largest, false);
    }

    private static long PlaceOf(float number) => Place(BitConverter.SingleToInt32Bits(number), int.MinValue);

    /// <summary>A number's place among all representable ones; both zeros have the same.</summary>
    private static long Place(long bits, long signBit) => bits < 0 ? signBit - bits : bits;

    private static string Described(NDArray array) => $"{array.dtype.Name} [{string.Join(", ", array.shape)}]";
}
