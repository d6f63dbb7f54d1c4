namespace StyleGan2.Encoder.Comparison;

/// <summary>Compares the files of two folders by name: arrays (<c>.npy</c>) and pictures.</summary>
internal static class FolderComparison
{
    private static readonly string[] s_compared =
        [".npy", ".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".pnm"];

    /// <summary>Compares two folders.</summary>
    /// <param name="expected">The folder expected.</param>
    /// <param name="actual">The folder held against it.</param>
    /// <param name="bound">The largest relative difference of arrays. Pictures may be one level off in one value of a thousand.</param>
    /// <returns>The files that either folder has, by name: whether they are within the bound, and a line about them.</returns>
    /// <exception cref="IOException">A folder cannot be read, or there is nothing to compare.</exception>
    internal static IEnumerable<(bool IsWithin, string Description)> Compare(string expected, string actual, double bound)
    {
        HashSet<string> inExpected = NamesIn(expected), inActual = NamesIn(actual);
        string[] names = [.. inExpected.Union(inActual).Order(StringComparer.Ordinal)];
        return names.Length == 0
            ? throw new IOException($"{expected}, {actual}: there is no array (.npy) and no picture in them; give folders of results")
            : names.Select(name =>
                !inExpected.Contains(name) ? (false, $"{name}: missing in {expected}")
                : !inActual.Contains(name) ? (false, $"{name}: missing in {actual}")
                : CompareFiles(name, expected, actual, bound));
    }

    private static HashSet<string> NamesIn(string folder) =>
        [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f))
            .Where(n => s_compared.Contains(Path.GetExtension(n).ToLowerInvariant()))];

    private static (bool IsWithin, string Description) CompareFiles(string name, string expected, string actual, double bound)
    {
        try
        {
            (bool isWithin, string description) = FileComparison.Compare(Path.Combine(expected, name), Path.Combine(actual, name), bound);
            return (isWithin, $"{name}: {description}");
        }
        catch (InvalidDataException e)
        {
            return (false, e.Message);
        }
    }
}
