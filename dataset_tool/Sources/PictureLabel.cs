namespace DatasetTool.Sources;

/// <summary>What a file of labels says of a picture: its class, or the label's values. Neither where it says nothing.</summary>
/// <param name="Class">A number or a name.</param>
/// <param name="Values">The values.</param>
internal readonly record struct PictureLabel(string? Class, float[]? Values)
{
    /// <summary>Whether there is a label.</summary>
    internal bool IsGiven => Class is not null || Values is not null;
}
