using System.Text.Json;
using NumSharp;
using NumSharp.IO;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>The recorded outputs of the Python reference, and how far a result is from them.</summary>
internal static class Golden
{
    internal static string Folder { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Golden");

    internal static string Path(params string[] parts) => System.IO.Path.Combine([Folder, .. parts]);

    internal static NpzFile Npz(params string[] parts) => np.load_npz(Path(parts));

    internal static NDArray Npy(params string[] parts) => np.load_npy(Path(parts));

    internal static JsonElement Json(params string[] parts)
    {
        using FileStream stream = File.OpenRead(Path(parts));
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }

    internal static double[] Doubles(NDArray array) => array.astype(typeof(double)).Values<double>();

    internal static double Largest(NDArray array) => Doubles(array).Max(Math.Abs);

    /// <summary>The largest absolute difference of two arrays of one shape.</summary>
    internal static double Difference(NDArray expected, NDArray actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        return Doubles(expected).Zip(Doubles(actual), (e, a) => Math.Abs(e - a)).Max();
    }

    /// <summary>The largest absolute difference in relation to the largest value expected; 0 where both are zeros.</summary>
    internal static double RelativeDifference(NDArray expected, NDArray actual) =>
        Difference(expected, actual) is var difference && difference == 0 ? 0 : difference / Largest(expected);

    internal static void AssertWithin(double bound, NDArray expected, NDArray actual, string what)
    {
        double difference = RelativeDifference(expected, actual);
        Assert.True(difference <= bound, $"{what}: off by {difference:E2} of the largest value, at most {bound:E2} is allowed");
    }
}
