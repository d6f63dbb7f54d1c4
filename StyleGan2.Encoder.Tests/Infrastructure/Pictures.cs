using Imaging;
using Imaging.Decoding;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Compares picture files.</summary>
internal static class Pictures
{
    /// <summary>At most one level off, on at most one value in so many.</summary>
    internal static void AssertSame(string expected, string actual, int onOneIn = 1000)
    {
        using Picture first = ImageDecoder.Decode(expected);
        using Picture second = ImageDecoder.Decode(actual);
        Assert.Equal((first.Width, first.Height, first.Channels), (second.Width, second.Height, second.Channels));
        int[] differences = [.. first.Pixels.ToArray().Zip(second.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Where(d => d > 0)];
        Assert.True(
            differences.All(d => d == 1) && differences.Length * onOneIn <= first.Pixels.Length,
            $"{actual}: {differences.Length} of {first.Pixels.Length} values are off, by up to {differences.DefaultIfEmpty().Max()}");
    }
}
