namespace TensorGraph.Records;

/// <summary>A feature's list of values: its kind, how many there are, and as many of them as an image needs.</summary>
internal ref struct ExampleFeature
{
    internal int Kind { get; private set; }

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Bytes { get; private set; }

    internal long First { get; private set; }

    internal long Second { get; private set; }

    internal long Third { get; private set; }

    /// <summary>Takes over what a Feature message says; a list of another kind replaces the one so far.</summary>
    internal void Merge(ProtoReader feature)
    {
        while (feature.NextField())
        {
            if (feature.WireType != WireType.Bytes || feature.Number > Feature.Int64ListFieldNumber)
            {
                feature.Skip();
                continue;
            }

            if (feature.Number != Kind)
            {
                this = new ExampleFeature { Kind = feature.Number };
            }

            ReadValues(feature.Message());
        }
    }

    internal readonly string Describe() => Kind switch
    {
        Feature.BytesListFieldNumber => $"{Count} byte strings",
        Feature.FloatListFieldNumber => "a list of floats",
        Feature.Int64ListFieldNumber => $"{Count} integers",
        _ => "missing",
    };

    private void ReadValues(ProtoReader list)
    {
        while (list.NextField())
        {
            if (list.Number == BytesList.ValueFieldNumber && Kind == Feature.BytesListFieldNumber && list.WireType == WireType.Bytes)
            {
                Bytes = list.Bytes();
                Count++;
            }
            else if (list.Number == BytesList.ValueFieldNumber && Kind == Feature.Int64ListFieldNumber && list.WireType == WireType.Varint)
            {
                AddInteger((long)list.Varint());
            }
            else if (list.Number == BytesList.ValueFieldNumber && Kind == Feature.Int64ListFieldNumber && list.WireType == WireType.Bytes)
            {
                ReadPacked(list.Message());
            }
            else
            {
                list.Skip();
            }
        }
    }

    private void ReadPacked(ProtoReader packed)
    {
        while (!packed.AtEnd)
        {
            AddInteger((long)packed.Varint());
        }
    }

    private void AddInteger(long value)
    {
        (First, Second, Third) = Count switch
        {
            0 => (value, Second, Third),
            1 => (First, value, Third),
            2 => (First, Second, value),
            _ => (First, Second, Third),
        };
        Count++;
    }
}
