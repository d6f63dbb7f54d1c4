namespace TensorGraph.Graphs;

/// <summary>Conversions between <see cref="DataType"/> and .NET element types.</summary>
public static class DataTypes
{
    /// <summary>The .NET type of one element.</summary>
    public static Type ClrType(this DataType dtype) => dtype switch
    {
        DataType.Float32 => typeof(float),
        DataType.UInt8 => typeof(byte),
        DataType.Int32 => typeof(int),
        DataType.Int64 => typeof(long),
        DataType.Bool => typeof(bool),
        DataType.Float64 => typeof(double),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not an element type"),
    };

    /// <summary>The bytes of one element.</summary>
    public static int ByteSize(this DataType dtype) => dtype switch
    {
        DataType.UInt8 or DataType.Bool => 1,
        DataType.Float32 or DataType.Int32 => 4,
        _ => 8,
    };

    /// <summary>Whether gradients flow through tensors of this type.</summary>
    public static bool IsFloating(this DataType dtype) => dtype is DataType.Float32 or DataType.Float64;

    /// <summary>The <see cref="DataType"/> of a .NET element type.</summary>
    /// <exception cref="ArgumentException">No tensor holds that type.</exception>
    public static DataType Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => DataType.Float32,
        TypeCode.Byte => DataType.UInt8,
        TypeCode.Int32 => DataType.Int32,
        TypeCode.Int64 => DataType.Int64,
        TypeCode.Boolean => DataType.Bool,
        TypeCode.Double => DataType.Float64,
        _ => throw new ArgumentException($"no tensor holds elements of type {type}", nameof(type)),
    };
}
