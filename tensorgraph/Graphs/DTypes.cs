namespace TensorGraph;

/// <summary>Conversions between <see cref="DType"/> and .NET element types.</summary>
public static class DTypes
{
    /// <summary>The .NET type of one element.</summary>
    public static Type ClrType(this DType dtype) => dtype switch
    {
        DType.Float32 => typeof(float),
        DType.UInt8 => typeof(byte),
        DType.Int32 => typeof(int),
        DType.Int64 => typeof(long),
        DType.Bool => typeof(bool),
        DType.Float64 => typeof(double),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not an element type"),
    };

    /// <summary>The bytes of one element.</summary>
    public static int ByteSize(this DType dtype) => dtype switch
    {
        DType.UInt8 or DType.Bool => 1,
        DType.Float32 or DType.Int32 => 4,
        _ => 8,
    };

    /// <summary>Whether gradients flow through tensors of this type.</summary>
    public static bool IsFloating(this DType dtype) => dtype is DType.Float32 or DType.Float64;

    /// <summary>The <see cref="DType"/> of a .NET element type.</summary>
    /// <exception cref="ArgumentException">No tensor holds that type.</exception>
    public static DType Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => DType.Float32,
        TypeCode.Byte => DType.UInt8,
        TypeCode.Int32 => DType.Int32,
        TypeCode.Int64 => DType.Int64,
        TypeCode.Boolean => DType.Bool,
        TypeCode.Double => DType.Float64,
        _ => throw new ArgumentException($"no tensor holds elements of type {type}", nameof(type)),
    };
}
