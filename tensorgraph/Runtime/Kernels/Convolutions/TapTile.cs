namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Two vectors of pixels that a product computes.</summary>
internal readonly unsafe struct TapTile
{
    /// <summary>What the first vector's taps read, without their offsets.</summary>
    internal required float* First { get; init; }

    /// <summary>What the second vector's taps read.</summary>
    internal required float* Second { get; init; }

    /// <summary>Where the first output channel's first vector goes.</summary>
    internal required float* FirstResult { get; init; }

    /// <summary>Where the first output channel's second vector goes.</summary>
    internal required float* SecondResult { get; init; }

    /// <summary>Floats from one output channel to the next.</summary>
    internal required long Stride { get; init; }

    /// <summary>Whether the next panel's weights are brought into the cache; once for all tiles is enough.</summary>
    internal required bool BringsNext { get; init; }

    /// <summary>Whether the product is added to what is there.</summary>
    internal bool Adds { get; init; }
}
