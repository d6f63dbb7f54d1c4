using System.Globalization;
using NumSharp;

namespace Dnnlib.Pickle;

/// <summary>A NumPy element type.</summary>
/// <param name="Kind">NumPy's letter: b, i, u, f, c, S, U, V, M, m or O.</param>
/// <param name="ItemSize">Bytes of one element.</param>
/// <param name="IsBigEndian">Whether bytes of a number lie most significant first.</param>
public sealed record NumpyDType(char Kind, int ItemSize, bool IsBigEndian)
{
    private static readonly Dictionary<NPTypeCode, NumpyDType> s_ofNumSharp = new[] { "b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8",
        "f2", "f4", "f8", "c16" }
        .Select(code => Parse(code)!).ToDictionary(d => d.TypeCode!.Value);

    /// <summary>
    /// Reads NumPy's short form, such as <c>f4</c>, <c>&gt;i2</c>, <c>|b1</c>, <c>S10</c>, <c>O8</c>; null where it is none.
    /// </summary>
    internal static NumpyDType? Parse(string text)
    {
        string code = text.TrimStart('<', '>', '|', '=');
        if (code.Length == 0 || text.Length - code.Length > 1 || !"biufcSUVMmO".Contains(code[0], StringComparison.Ordinal))
        {
            return null;
        }

        int size = 0;
        if (code.Length > 1 && !int.TryParse(code[1..], NumberStyles.None, CultureInfo.InvariantCulture, out size))
        {
            return null;
        }

        int itemSize = code[0] switch { 'U' => size <= int.MaxValue / 4 ? size * 4 : -1, 'O' => 8, _ => size };
        return itemSize < 0 ? null : new NumpyDType(code[0], itemSize, text[0] == '>');
    }

    /// <summary>The type of a NumSharp array's elements; null where NumPy has none like it.</summary>
    internal static NumpyDType? Of(NPTypeCode type) => s_ofNumSharp.GetValueOrDefault(type);

    /// <summary>The NumSharp type that holds such elements; null where there is none.</summary>
    public NPTypeCode? TypeCode => (Kind, ItemSize) switch
    {
        ('b', 1) => NPTypeCode.Boolean,
        ('i', 1) => NPTypeCode.SByte,
        ('i', 2) => NPTypeCode.Int16,
        ('i', 4) => NPTypeCode.Int32,
        ('i', 8) => NPTypeCode.Int64,
        ('u', 1) => NPTypeCode.Byte,
        ('u', 2) => NPTypeCode.UInt16,
        ('u', 4) => NPTypeCode.UInt32,
        ('u', 8) => NPTypeCode.UInt64,
        ('f', 2) => NPTypeCode.Half,
        ('f', 4) => NPTypeCode.Single,
        ('f', 8) => NPTypeCode.Double,
        ('c', 8 or 16) => NPTypeCode.Complex,
        _ => null,
    };

    /// <summary>The number of bytes that are turned round together where the byte order differs.</summary>
    internal int WordSize => Kind == 'c' ? ItemSize / 2 : ItemSize;

    /// <summary>NumPy's short form.</summary>
    public override string ToString() =>
        $"{(IsBigEndian ? ">" : ItemSize == 1 || Kind is 'S' or 'V' or 'O' ? "|" : "<")}{Kind}{(Kind == 'U' ? ItemSize / 4 : ItemSize)}";
}
