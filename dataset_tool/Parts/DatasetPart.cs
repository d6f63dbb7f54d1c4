using DatasetTool.Export;
using DatasetTool.Sources;

namespace DatasetTool.Parts;

/// <summary>A part of a dataset, in a folder of its own.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">What the names of its files begin with.</param>
/// <param name="Record">What it was made of.</param>
internal sealed record DatasetPart(string Folder, string Name, PartRecord Record)
{
    /// <summary>The endings of the names of its files: levels, the smallest first, and labels.</summary>
    internal IEnumerable<string> Endings => Record.Files.Keys.Order(StringComparer.Ordinal);

    /// <summary>How many images it has.</summary>
    internal int Images => Record.Part.PieceOf(Record.Pictures.Count).GetOffsetAndLength(Record.Pictures.Count).Length;

    /// <summary>Opens a part.</summary>
    /// <exception cref="InvalidDataException">There is none in the folder, or its record is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static DatasetPart Open(string folder)
    {
        string ending = $"-{DatasetFolder.PartEnding}";
        string[] records = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(f => f.EndsWith(ending, StringComparison.Ordinal))]
            : throw new InvalidDataException($"{folder}: no such folder; give folders that create_from_images --shard has written");
        if (records is not [string path])
        {
            throw new InvalidDataException(
                $"{folder}: {(records.Length == 0 ? "not a part of a dataset" : "several parts of datasets")}; "
                + "give folders that create_from_images --shard has written, each with one part");
        }

        using FileStream file = InputFile.Open(path);
        PartRecord record = PartRecord.Read(file)
            ?? throw new InvalidDataException($"{path}: not the record of a part; the part is damaged, make it again");
        return new DatasetPart(folder, Path.GetFileName(path)[..^ending.Length], record);
    }

    /// <summary>The path of one of its files.</summary>
    /// <param name="ending">The ending of its name.</param>
    internal string FileOf(string ending) => Path.Combine(Folder, $"{Name}-{ending}");

    /// <summary>Reads one of its files, hands the bytes out, and checks in the end that they are those that were written.</summary>
    /// <param name="ending">The ending of its name.</param>
    /// <param name="take">Receives each block, which is valid until it returns.</param>
    /// <param name="cancellation">Ends the work between two blocks.</param>
    /// <exception cref="InvalidDataException">The file is missing or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal void Read(string ending, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellation)
    {
        PartFile made = Record.Files[ending], found = PartFile.Read(FileOf(ending), take, cancellation);
        if (found != made)
        {
            string problem = found.Bytes == made.Bytes ? "other bytes than were written" : $"{found.Bytes} bytes instead of {made.Bytes}";
            throw new InvalidDataException($"{FileOf(ending)}: {problem}; the part is damaged, make it again");
        }
    }
}
