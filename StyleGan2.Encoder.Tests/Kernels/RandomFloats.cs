namespace StyleGan2.Encoder.Tests.Kernels;

/// <summary>Values that kernels are tested with.</summary>
internal static class RandomFloats
{
    /// <summary>Values between -1 and 1.</summary>
    internal static float[] Next(System.Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
