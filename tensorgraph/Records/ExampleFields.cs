namespace TensorGraph.Records;

/// <summary>Field numbers of <c>tf.train.Example</c> and the messages in it, and the keys of an image's features.</summary>
internal static class ExampleFields
{
    /// <summary>Example: the Features message.</summary>
    internal const int Features = 1;

    /// <summary>Features: one entry of the map from keys to Feature messages.</summary>
    internal const int Feature = 1;

    /// <summary>Map entry: its key.</summary>
    internal const int Key = 1;

    /// <summary>Map entry: its Feature message.</summary>
    internal const int Value = 2;

    /// <summary>Feature: a list of byte strings.</summary>
    internal const int BytesList = 1;

    /// <summary>Feature: a list of floats.</summary>
    internal const int FloatList = 2;

    /// <summary>Feature: a list of integers.</summary>
    internal const int Int64List = 3;

    /// <summary>BytesList, Int64List: the values.</summary>
    internal const int Values = 1;

    /// <summary>The key of the pixels.</summary>
    internal static ReadOnlySpan<byte> Data => "data"u8;

    /// <summary>The key of a picture file, in "raw" records that have no pixels.</summary>
    internal static ReadOnlySpan<byte> Encoded => "img"u8;

    /// <summary>The key of the shape.</summary>
    internal static ReadOnlySpan<byte> Shape => "shape"u8;
}
