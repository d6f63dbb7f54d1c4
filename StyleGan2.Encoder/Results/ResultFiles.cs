using System.Text.Json.Nodes;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Video;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Results;

/// <summary>
/// The results of a picture: <c>NAME.png</c>, the picture found, <c>NAME.npy</c>, its dlatents [layers, size], on request
/// <c>NAME.noise.npz</c>, its noise maps, and its video, and <c>NAME.json</c>, the record of what made them.
/// </summary>
/// <param name="folder">The folder of the results.</param>
/// <param name="name">The results' name.</param>
/// <param name="video">Settings of the video; null where none is made.</param>
/// <param name="savesNoise">Whether there are noise maps among them.</param>
internal sealed class ResultFiles(string folder, string name, VideoOptions? video = null, bool savesNoise = false)
{
    private const string Png = ".png", Npy = ".npy", Noise = ".noise.npz", Record = ".json", Frames = "-frames";

    private readonly string[] _suffixes =
        [Png, Npy, .. savesNoise ? (string[])[Noise] : [], .. video is null ? (string[])[] : [video.Extension]];

    private static readonly byte[] s_endOfPng = [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>The names of the files.</summary>
    internal IEnumerable<string> Names => _suffixes.Append(Record).Select(s => name + s);

    /// <summary>Where the video is written before <see cref="Write"/> puts it beside the other results.</summary>
    internal string StagedVideo => Staged(video!.Extension);

    /// <summary>Where frames of the video are written, if they are kept, before <see cref="Write"/> puts them beside the results.</summary>
    internal string StagedFrames => Staged(Frames);

    /// <summary>When the record was written last; long ago where there is none.</summary>
    internal DateTime LastWritten => File.GetLastWriteTimeUtc(Final(Record));

    /// <summary>Looks at what is there.</summary>
    /// <param name="settings">What results that are made now depend on.</param>
    /// <returns>What is there, with a few words on the settings that differ, or on the file that must not be replaced.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal (ResultState State, string Details) Find(JsonObject settings)
    {
        bool areFramesThere = video?.KeepFrames == true && Path.Exists(Final(Frames));
        string[] present = [.. _suffixes.Append(Record).Where(s => Path.Exists(Final(s))), .. areFramesThere ? (string[])[Frames] : []];
        ResultRecord? record = RecordOfBefore();
        if (record is null)
        {
            return present.Length == 0
                ? (ResultState.Missing, "")
                : (ResultState.Foreign, $"{Final(present[^1])}, which this program did not write");
        }

        ResultState[] states = [.. _suffixes.Select(s => StateOf(Final(s), record.Results.GetValueOrDefault(name + s)))];
        IEnumerable<ResultState> madeBefore =
            states.Where((_, i) => _suffixes[i] != Noise || record.Results.ContainsKey(name + Noise));
        int foreign = Array.IndexOf(states, ResultState.Foreign);
        return foreign >= 0 ? (ResultState.Foreign, $"{Final(_suffixes[foreign])}, which was changed after this program wrote it")
            : madeBefore.Contains(ResultState.Missing) ? (ResultState.Missing, "")
            : record.DifferenceFrom(settings) is { } difference ? (ResultState.OtherSettings, difference)
            : states.Contains(ResultState.Missing) ? (ResultState.Missing, "")
            : (ResultState.Done, "");
    }

    /// <summary>
    /// Writes the results; they appear whole or not at all, and those that were there stay until all the new ones are on the disk.
    /// </summary>
    /// <param name="images">Float32 [1, channels, height, width] in [-1, 1].</param>
    /// <param name="dlatents">Float32 [1, layers, size].</param>
    /// <param name="noises">The noise maps, each float32 [1, 1, height, width].</param>
    /// <param name="record">What made them; the files are added.</param>
    /// <exception cref="UnwritableFolderException">The folder cannot be written.</exception>
    internal void Write(NDArray images, NDArray dlatents, NDArray[] noises, ResultRecord record) =>
        UnwritableFolderException.Guard(folder, "results", () =>
        {
            try
            {
                Misc.SaveImageGrid(images, Staged(Png), (-1, 1));
                File.WriteAllBytes(Staged(Npy), np.save(dlatents[0].Contiguous()));
                if (savesNoise)
                {
                    NoiseFile.Save(Staged(Noise), noises);
                }

                (record with { Results = _suffixes.ToDictionary(s => name + s, s => FileRecord.Of(Staged(s))) }).Save(Staged(Record));
                PutInPlace();
            }
            finally
            {
                Array.ForEach([.. _suffixes, Record], s => File.Delete(Staged(s)));
            }
        });

    private static ResultState StateOf(string file, FileRecord? recorded) =>
        !Path.Exists(file) ? ResultState.Missing
            : FileRecord.Of(file) == recorded ? ResultState.Done
            : IsWhole(file) ? ResultState.Foreign
            : ResultState.Missing;

    /// <summary>
    /// Whether a file ends as it should: one that does not was cut off, one that does but is not as recorded was changed by someone. A
    /// video gets its name only when the disk has it, and so is whole.
    /// </summary>
    private static bool IsWhole(string file)
    {
        if (file.EndsWith(Png, StringComparison.Ordinal))
        {
            return File.ReadAllBytes(file).AsSpan().EndsWith(s_endOfPng);
        }

        try
        {
            return file.EndsWith(Noise, StringComparison.Ordinal) ? NpzArchive.Load(file) is not null
                : !file.EndsWith(Npy, StringComparison.Ordinal) || NpyFile.Load(file) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The record comes first: results without one would not be known as this program's.</summary>
    private void PutInPlace()
    {
        foreach (string old in OwnFilesOfBefore())
        {
            File.Delete(old);
        }

        Array.ForEach([Record, .. _suffixes], s => File.Move(Staged(s), Final(s), overwrite: true));
        if (Directory.Exists(StagedFrames))
        {
            FrameFolder.Move(StagedFrames, Final(Frames));
        }
    }

    /// <summary>The results that are replaced, a video of another kind among them.</summary>
    private IEnumerable<string> OwnFilesOfBefore() =>
        (RecordOfBefore()?.Results ?? new Dictionary<string, FileRecord>())
            .Select(r => (File: Path.Combine(folder, Path.GetFileName(r.Key)), Recorded: r.Value))
            .Where(r => Path.Exists(r.File) && FileRecord.Of(r.File) == r.Recorded)
            .Select(r => r.File).Concat(_suffixes.Select(Final));

    private ResultRecord? RecordOfBefore() => File.Exists(Final(Record)) ? ResultRecord.Load(Final(Record)) : null;

    private string Final(string suffix) => Path.Combine(folder, name + suffix);

    /// <summary>Where a file is written first: a hidden name that no one else uses.</summary>
    private string Staged(string suffix) => Path.Combine(folder, $".stylegan2-part-{name}{suffix}");
}
