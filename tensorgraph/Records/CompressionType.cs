namespace TensorGraph.Records;

/// <summary>How a TFRecord file is compressed as a whole.</summary>
public enum CompressionType
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As gzip does.</summary>
    Gzip,

    /// <summary>In zlib's format.</summary>
    Zlib,
}
