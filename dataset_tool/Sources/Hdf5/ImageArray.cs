namespace DatasetTool.Sources.Hdf5;

/// <summary>A dataset of uint8 images [images, channels, height, width], as its messages describe it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="MostShape">How large it may become; null for an axis without limit.</param>
/// <param name="Header">Its messages.</param>
internal sealed record ImageArray(string Name, ulong[] Shape, ulong?[] MostShape, ObjectHeader Header)
{
    /// <summary>Axes of the array.</summary>
    internal const int Rank = 4;

    private const int Dataspace = 0x01;
    private const int DataType = 0x03;
    private const int ExternalFiles = 0x07;

    /// <summary>Bytes of an image.</summary>
    internal int ImageSize => checked((int)(Shape[1] * Shape[2] * Shape[3]));

    /// <summary>The dataset that a header describes; null where it is another object, or holds something else.</summary>
    /// <exception cref="NotSupportedException">Its images lie in other files.</exception>
    internal static ImageArray? Of(string name, ObjectHeader header)
    {
        if (header.Message(Dataspace) is not { } space || header.Message(DataType) is not { } type || !IsUInt8(type))
        {
            return null;
        }

        int version = space.Byte(), rank = space.Byte();
        bool hasMost = (space.Byte() & 1) != 0;
        space.Skip(version == 1 ? 5 : 1);
        if (rank != Rank)
        {
            return null;
        }

        ulong[] shape = [.. Enumerable.Range(0, Rank).Select(_ => space.Length())];
        ulong?[] most = hasMost
            ? [.. Enumerable.Range(0, Rank).Select(_ => Limit(space))]
            : [.. shape.Select(d => (ulong?)d)];
        if (shape is not [> 0 and <= int.MaxValue, 1 or 3, > 0 and <= ushort.MaxValue, > 0 and <= ushort.MaxValue]
            || shape[1] * shape[2] * shape[3] > int.MaxValue)
        {
            return null;
        }

        return header.Message(ExternalFiles) is null
            ? new ImageArray(name, shape, most, header)
            : throw new NotSupportedException($"the images of {name} lie in other files; copy them into the archive");
    }

    /// <summary>The error for images that are declared and not stored.</summary>
    /// <param name="reason">How that is known.</param>
    internal NotSupportedException NotWritten(string reason) => new(
        $"dataset {Name} has no storage for its images of shape [{string.Join(", ", Shape)}]: {reason}; "
        + "write all of them, or make it smaller");

    private static bool IsUInt8(Hdf5Block type)
    {
        const int FixedPoint = 0, IsSigned = 0x08;
        int kind = type.Byte() & 0x0f;
        bool isSigned = (type.Byte() & IsSigned) != 0;
        type.Skip(2);
        return kind == FixedPoint && !isSigned && type.UInt32() == 1;
    }

    private static ulong? Limit(Hdf5Block space)
    {
        ulong length = space.Length();
        return length is ulong.MaxValue or uint.MaxValue ? null : length;
    }
}
