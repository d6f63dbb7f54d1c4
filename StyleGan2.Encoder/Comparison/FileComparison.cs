using Imaging;
using Imaging.Decoding;
using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Comparison;

/// <summary>Compares two files of one kind, <c>.npy</c> or a picture.</summary>
internal static class FileComparison
{
    private const int ValuesPerDifferentOne = 1000;

    /// <summary>
    /// The largest relative difference at which arrays are taken for equal if nothing else is said: what float32 sums in another order
    /// leave.
    /// </summary>
    internal const double DefaultBound = 2e-6;

    /// <summary>Compares two files.</summary>
    /// <param name="expected">The file expected.</param>
    /// <param name="actual">The file held against it.</param>
    /// <param name="bound">The largest relative difference of arrays. Pictures may be one level off in one value of a thousand.</param>
    /// <returns>Whether the second is within the bound, and a line that says how far it is off.</returns>
    /// <exception cref="InvalidDataException">A file is damaged, or they are of different shapes.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static (bool IsWithin, string Description) Compare(string expected, string actual, double bound = DefaultBound)
    {
        bool isArray = IsArray(expected);
        if (isArray != IsArray(actual))
        {
            throw new InvalidDataException($"{expected}, {actual}: one is an array and the other is not; give two files of one kind");
        }

        try
        {
            return isArray ? Arrays(NpyFile.Load(expected), NpyFile.Load(actual), bound) : Pictures(Levels(expected), Levels(actual));
        }
        catch (InvalidDataException e) when (
            !e.Message.Contains(expected, StringComparison.Ordinal) && !e.Message.Contains(actual, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{expected}, {actual}: {e.Message}", e);
        }
    }

    private static bool IsArray(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    private static (bool IsWithin, string Description) Arrays(NDArray expected, NDArray actual, double bound)
    {
        ArrayDifference difference = ArrayDifference.Of(expected, actual);
        return (difference.Relative <= bound, $"{difference}; at most {bound:0.0E+00} is allowed");
    }

    private static (bool IsWithin, string Description) Pictures(NDArray expected, NDArray actual)
    {
        long largest = ArrayDifference.Of(expected, actual).Ulps;
        int different = expected.Values<byte>().Zip(actual.Values<byte>()).Count(l => l.First != l.Second);
        string found = largest == 0 ? "same levels" : $"{different} of {expected.size} values differ, by at most {largest} levels";
        return (
            largest <= 1 && different * (long)ValuesPerDifferentOne <= expected.size,
            $"{found}; one level is allowed, on one value in {ValuesPerDifferentOne}");
    }

    private static NDArray Levels(string path)
    {
        using Picture picture = ImageDecoder.Decode(path, new DecodingOptions { KeepAlpha = true });
        return picture.Pixels.ToNDArray(picture.Height, picture.Width, picture.Channels);
    }
}
