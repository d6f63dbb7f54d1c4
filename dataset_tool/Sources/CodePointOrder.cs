namespace DatasetTool.Sources;

/// <summary>
/// Orders strings by their code points, as Python does and as the bytes of their UTF-8 order; ordinal comparison differs beyond U+FFFF.
/// </summary>
internal static class CodePointOrder
{
    internal static Comparer<string> Instance { get; } = Comparer<string>.Create(Compare);

    private static int Compare(string x, string y)
    {
        ReadOnlySpan<char> left = x, right = y;
        int same = left.CommonPrefixLength(right);
        return same < left.Length && same < right.Length
            ? Weight(left[same]).CompareTo(Weight(right[same]))
            : left.Length.CompareTo(right.Length);
    }

    /// <summary>Surrogates stand for code points above all other characters.</summary>
    private static int Weight(char character) => char.IsSurrogate(character) ? character + char.MaxValue : character;
}
