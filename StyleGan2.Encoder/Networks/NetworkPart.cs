namespace StyleGan2.Encoder.Networks;

/// <summary>Which network of a file is meant, or which component of it, and the settings that it is run with.</summary>
internal sealed record NetworkPart
{
    /// <summary>Network file; null for the bundled network.</summary>
    internal string? NetworkPkl { get; init; }

    /// <summary>The network: <c>G</c>, <c>D</c> or <c>Gs</c>.</summary>
    internal string Net { get; init; } = "Gs";

    /// <summary>A component of it, <c>mapping</c> or <c>synthesis</c>; null for the whole.</summary>
    internal string? Component { get; init; }

    /// <summary>How far a generator draws W towards its mean; null for the network's own.</summary>
    internal double? TruncationPsi { get; init; }

    /// <summary>The first layer whose W a generator leaves as it is; null for the network's own.</summary>
    internal int? TruncationCutoff { get; init; }

    /// <summary>Variables that are numbers, such as <c>lod</c>, and settings of a run, with their values.</summary>
    internal IReadOnlyList<(string Name, object Value)> Changes { get; init; } = [];
}
