namespace DatasetTool.Parts;

/// <summary>Parts that make one dataset.</summary>
internal static class PartsOfOne
{
    private const int Named = 5;

    /// <summary>Opens parts.</summary>
    /// <param name="folders">Their folders, in any order.</param>
    /// <returns>The parts in their order.</returns>
    /// <exception cref="InvalidDataException">A part is missing, given twice, damaged, or of another dataset.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static DatasetPart[] Open(IEnumerable<string> folders)
    {
        DatasetPart[] parts = [.. folders.Select(DatasetPart.Open).OrderBy(p => p.Record.Part.Index)];
        DatasetPart first = parts[0];
        foreach (DatasetPart part in parts[1..])
        {
            if (DifferenceFrom(first, part) is { } difference)
            {
                throw new InvalidDataException($"{part.Folder}: {difference}");
            }
        }

        CheckComplete(parts);
        CheckImages([.. parts.Where(p => p.Images > 0)]);
        return parts;
    }

    private static string? DifferenceFrom(DatasetPart first, DatasetPart part)
    {
        PartRecord mine = part.Record, its = first.Record;
        if (mine.Pictures.Count != its.Pictures.Count)
        {
            return $"made of a list of {mine.Pictures.Count} pictures, where {first.Folder} is of one of {its.Pictures.Count}; "
                + "make the parts of one list";
        }

        if (mine.Pictures != its.Pictures)
        {
            return $"made of a list of pictures with other names than that of {first.Folder}; make the parts of one list";
        }

        if (mine.Part.Count != its.Part.Count)
        {
            return $"part {mine.Part}, where {first.Folder} is part {its.Part}; give parts of one division";
        }

        string? other = its.Settings.Keys.Union(mine.Settings.Keys)
            .FirstOrDefault(k => its.Settings.GetValueOrDefault(k) != mine.Settings.GetValueOrDefault(k));
        return other is null
            ? null
            : $"made with {Described(mine, other)}, where {first.Folder} is made with {Described(its, other)}; "
                + "make the parts with the same settings";
    }

    private static string Described(PartRecord record, string setting) =>
        $"{setting} {record.Settings.GetValueOrDefault(setting) ?? "none"}";

    private static void CheckComplete(DatasetPart[] parts)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            if (parts[i].Record.Part == parts[i - 1].Record.Part)
            {
                throw new InvalidDataException(
                    $"{parts[i].Folder}: part {parts[i].Record.Part}, as {parts[i - 1].Folder} is; give each part once");
            }
        }

        int count = parts[0].Record.Part.Count;
        if (parts.Length < count)
        {
            HashSet<int> given = [.. parts.Select(p => p.Record.Part.Index)];
            int[] missing = [.. Enumerable.Range(0, count).Where(i => !given.Contains(i)).Take(Named)];
            string more = count - parts.Length > Named ? $" and {count - parts.Length - Named} more" : "";
            throw new InvalidDataException(
                $"{parts[0].Folder}: part {parts[0].Record.Part}, but {string.Join(", ", missing.Select(i => $"{i}/{count}"))}{more} "
                + "are not given; give all parts, or make them with create_from_images --shard");
        }
    }

    private static void CheckImages(DatasetPart[] parts)
    {
        DatasetPart first = parts[0];
        if (parts.FirstOrDefault(p => p.Record.Images != first.Record.Images) is { } other)
        {
            throw new InvalidDataException(
                $"{other.Folder}: its images are {other.Record.Images}, where those of {first.Folder} are {first.Record.Images}; "
                + "all pictures of a dataset have one size and colour");
        }

        if (parts.FirstOrDefault(p => !p.Endings.SequenceEqual(first.Endings)) is { } odd)
        {
            throw new InvalidDataException($"{odd.Folder}: has other files than {first.Folder}; one of them is damaged, make both again");
        }
    }
}
