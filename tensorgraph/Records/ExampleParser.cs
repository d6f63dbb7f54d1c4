using System.Text;

namespace TensorGraph.Records;

/// <summary>
/// Gathers an image's features while it walks an example, by protobuf's rules: messages given twice are merged, of a repeated key the last
/// entry counts.
/// </summary>
internal ref struct ExampleParser(RecordLocation location)
{
    private readonly RecordLocation _location = location;
    private ExampleFeature _data;
    private ExampleFeature _shape;
    private ExampleFeature _encoded;

    internal void Read(ReadOnlySpan<byte> record)
    {
        ProtoReader example = new(record, _location);
        while (example.NextBytes(Example.FeaturesFieldNumber))
        {
            ReadFeatures(example.Message());
        }
    }

    /// <summary>The image that the features found make up.</summary>
    internal readonly ImageExample Image()
    {
        if (_data.Kind == 0 && _encoded is { Kind: Feature.BytesListFieldNumber, Count: 1 })
        {
            return new ImageExample(_encoded.Bytes, StatedShape(), isEncoded: true);
        }

        if (_data is not { Kind: Feature.BytesListFieldNumber, Count: 1 })
        {
            throw Error($"its feature data is {_data.Describe()}, not one byte string");
        }

        if (_shape is not { Kind: Feature.Int64ListFieldNumber, Count: 3 })
        {
            throw Error($"its feature shape is {_shape.Describe()}, not three integers");
        }

        return Matches(_shape.First, _shape.Second, _shape.Third, _data.Bytes.Length)
            ? new ImageExample(_data.Bytes, new ImageShape((int)_shape.First, (int)_shape.Second, (int)_shape.Third))
            : throw Error($"an image of shape [{_shape.First}, {_shape.Second}, {_shape.Third}] does not have {_data.Bytes.Length} bytes");
    }

    /// <summary>The shape stated beside a picture file; all zero where there is none.</summary>
    private readonly ImageShape StatedShape()
    {
        bool isStated = _shape is { Kind: Feature.Int64ListFieldNumber, Count: 3 }
            && Math.Min(Math.Min(_shape.First, _shape.Second), _shape.Third) > 0
            && Math.Max(Math.Max(_shape.First, _shape.Second), _shape.Third) <= ushort.MaxValue;
        return isStated ? new ImageShape((int)_shape.First, (int)_shape.Second, (int)_shape.Third) : default;
    }

    private static bool Matches(long channels, long height, long width, int size) =>
        channels > 0 && height > 0 && width > 0
        && size % channels == 0 && size / channels % height == 0 && size / channels / height == width;

    private void ReadFeatures(ProtoReader features)
    {
        while (features.NextBytes(Features.FeatureFieldNumber))
        {
            ReadEntry(features.Message());
        }
    }

    private void ReadEntry(ProtoReader entry)
    {
        ReadOnlySpan<byte> key = Key(entry);
        if (Ascii.Equals(key, ExampleFields.Data))
        {
            _data = ReadFeature(entry);
        }
        else if (Ascii.Equals(key, ExampleFields.Shape))
        {
            _shape = ReadFeature(entry);
        }
        else if (Ascii.Equals(key, ExampleFields.Encoded))
        {
            _encoded = ReadFeature(entry);
        }
    }

    /// <summary>An entry's key, which may come after its value.</summary>
    private static ReadOnlySpan<byte> Key(ProtoReader entry)
    {
        ReadOnlySpan<byte> key = [];
        while (entry.NextBytes(ExampleFields.Key))
        {
            key = entry.Bytes();
        }

        return key;
    }

    private static ExampleFeature ReadFeature(ProtoReader entry)
    {
        ExampleFeature feature = default;
        while (entry.NextBytes(ExampleFields.Value))
        {
            feature.Merge(entry.Message());
        }

        return feature;
    }

    private readonly RecordException Error(string problem) => new(_location, $"the record is not an image: {problem}");
}
