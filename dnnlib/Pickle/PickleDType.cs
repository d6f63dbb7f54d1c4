namespace Dnnlib.Pickle;

/// <summary>A <c>numpy.dtype</c> object under construction: its byte order arrives after it has been made.</summary>
internal sealed class PickleDType(NumpyDType value)
{
    internal NumpyDType Value { get; private set; } = value;

    /// <summary>Takes over (version, byte order, subdtype, names, fields, item size, alignment, ...).</summary>
    internal void SetState(object? state)
    {
        if (state is not object?[] { Length: >= 7 } parts || parts[1] is not string { Length: 1 } order || parts[5] is not long itemSize)
        {
            throw new FormatException("the state of a dtype is not what NumPy writes");
        }

        // Only strings and records carry a size of their own; for the others it is -1.
        bool isSized = Value.Kind is 'S' or 'U' or 'V';
        if (isSized && itemSize is < 0 or > int.MaxValue)
        {
            throw new FormatException($"a dtype has elements of {itemSize} bytes");
        }

        Value = Value with { IsBigEndian = order == ">", ItemSize = isSized ? (int)itemSize : Value.ItemSize };
    }
}
