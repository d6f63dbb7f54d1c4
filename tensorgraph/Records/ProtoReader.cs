namespace TensorGraph.Records;

/// <summary>
/// Reads a protobuf message field by field from a span, without allocating; it knows its place in the file for every error.
/// </summary>
internal ref struct ProtoReader
{
    private const int DeepestGroup = 100;
    private readonly ReadOnlySpan<byte> _message;
    private readonly RecordLocation _start;
    private int _position;
    private int _fieldStart;

    /// <summary>A reader at the first field of a message that begins at a place.</summary>
    internal ProtoReader(ReadOnlySpan<byte> message, RecordLocation start)
    {
        _message = message;
        _start = start;
    }

    /// <summary>The number of the field read last.</summary>
    internal int Number { get; private set; }

    /// <summary>The layout of the field read last, whose value is yet to be read or skipped.</summary>
    internal WireType WireType { get; private set; }

    internal readonly bool AtEnd => _position == _message.Length;

    /// <summary>Where the field read last begins.</summary>
    internal readonly RecordLocation FieldLocation => _start.Plus(_fieldStart);

    /// <summary>Reads the tag of the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    internal bool NextField()
    {
        _fieldStart = _position;
        if (AtEnd)
        {
            return false;
        }

        ulong tag = Varint();
        Number = (int)(tag >> 3);
        WireType = (WireType)(tag & 7);
        return tag <= uint.MaxValue && Number != 0 && WireType <= WireType.Fixed32 ? true : throw Error("there is no such protobuf field");
    }

    /// <summary>Whether the field read last has that number and is length-delimited.</summary>
    /// <summary>Moves on to the next field of a number that holds bytes, over all others.</summary>
    /// <returns>False at the end.</returns>
    internal bool NextBytes(int number)
    {
        while (NextField())
        {
            if (Number == number && WireType == WireType.Bytes)
            {
                return true;
            }

            Skip();
        }

        return false;
    }

    /// <summary>The value of a length-delimited field.</summary>
    internal ReadOnlySpan<byte> Bytes()
    {
        ulong length = Varint();
        return Take(length);
    }

    /// <summary>The value of a length-delimited field as a message.</summary>
    internal ProtoReader Message()
    {
        ReadOnlySpan<byte> message = Bytes();
        return new ProtoReader(message, _start.Plus(_position - message.Length));
    }

    internal ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte group = Take(1)[0];
            value |= (ulong)(group & 0x7f) << shift;
            if (group < 0x80)
            {
                return value;
            }
        }

        throw Error("a protobuf integer has more than ten bytes");
    }

    /// <summary>Passes over the value of the field read last, whatever it is.</summary>
    internal void Skip()
    {
        if (WireType == WireType.StartGroup)
        {
            SkipGroup();
            return;
        }

        SkipValue();
    }

    internal readonly RecordException Error(string problem) => new(FieldLocation, $"the record is not a valid tf.train.Example: {problem}");

    private void SkipGroup()
    {
        Span<int> open = stackalloc int[DeepestGroup];
        int depth = 0;
        open[depth++] = Number;
        while (depth > 0)
        {
            if (!NextField())
            {
                throw Error("a protobuf group has no end");
            }

            if (WireType == WireType.StartGroup)
            {
                open[depth] = depth < DeepestGroup - 1 ? Number : throw Error("protobuf groups are nested too deep");
                depth++;
            }
            else if (WireType != WireType.EndGroup)
            {
                SkipValue();
            }
            else if (open[--depth] != Number)
            {
                throw Error("a protobuf group has the end of another");
            }
        }
    }

    private void SkipValue()
    {
        switch (WireType)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.Bytes:
                Bytes();
                break;
            case WireType.Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw Error("a protobuf group ends that did not begin");
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        int left = _message.Length - _position;
        if (length > (ulong)left)
        {
            throw Error($"a field of {length} bytes runs past its end, {left} bytes on");
        }

        ReadOnlySpan<byte> taken = _message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }
}
