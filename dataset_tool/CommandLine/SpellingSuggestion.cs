using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary>The command or option that a mistyped word was meant to be.</summary>
internal static class SpellingSuggestion
{
    private const int LettersForEachMistake = 3;

    /// <summary>The nearest name, at most one letter in three away; null if there is none.</summary>
    /// <param name="word">The word.</param>
    /// <param name="known">The commands or options that there are.</param>
    internal static string? For(string word, IEnumerable<Symbol> known) =>
        known.Where(s => !s.Hidden)
            .Select(s => s.Name)
            .Where(name => Distance(word, name) <= word.Length / LettersForEachMistake)
            .MinBy(name => Distance(word, name));

    /// <summary>
    /// How many letters must be added, removed or replaced to make one word of the other (Levenshtein); <c>-</c> and <c>_</c> are the same.
    /// </summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (from[i] == to[j] || (from[i], to[j]) is ('-', '_') or ('_', '-') ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
