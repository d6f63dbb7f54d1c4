namespace TensorGraph.Records;

/// <summary>The keys of an image's features, and the field numbers of a map's entries, which the generated messages do not name.</summary>
internal static class ExampleFields
{
    /// <summary>Map entry: its key.</summary>
    internal const int Key = 1;

    /// <summary>Map entry: its Feature message.</summary>
    internal const int Value = 2;

    /// <summary>The key of the pixels.</summary>
    internal const string Data = "data";

    /// <summary>The key of a picture file, in "raw" records that have no pixels.</summary>
    internal const string Encoded = "img";

    /// <summary>The key of the shape.</summary>
    internal const string Shape = "shape";
}
