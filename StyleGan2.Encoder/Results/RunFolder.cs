using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NumSharp;
using TensorGraph.Records;
using Training;

namespace StyleGan2.Encoder.Results;

/// <summary>
/// The folder of a run, numbered as Python's <c>dnnlib.submit_run</c> does (<c>00000-generate-images</c>, <c>00001-...</c>), with its
/// images and <c>run.json</c>, the record of what made them. A run that was stopped is continued in its folder; disposing removes the
/// folder if it is new and has no image. Several threads can write images.
/// </summary>
internal sealed partial class RunFolder : IDisposable
{
    private const string RecordName = "run.json";
    private const string Finished = "finished";
    private const string Claimed = "run";

    private readonly ResultFolder _root, _folder;
    private readonly ResultClaim _claim;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileRecord> _results;
    private ResultRecord _record;
    private int _written;

    private RunFolder(ResultFolder root, ResultFolder folder, ResultClaim claim, JsonObject settings)
    {
        (_root, _folder, _claim) = (root, folder, claim);
        ResultRecord? begun = Unfinished(Location, settings);
        IsContinued = begun is not null;
        _results = new Dictionary<string, FileRecord>(begun?.Results ?? new Dictionary<string, FileRecord>());
        _record = new ResultRecord { Settings = settings, Outcome = new JsonObject { [Finished] = false } };
        Save();
    }

    /// <summary>The folder.</summary>
    internal string Location => _folder.Location;

    /// <summary>Whether a run that was stopped is continued.</summary>
    internal bool IsContinued { get; }

    /// <summary>How many images were written, without those of a run that is continued.</summary>
    internal int Written => _written;

    /// <summary>
    /// Continues the last run of its kind that was stopped and had the same settings; if there is none, begins the next run. Processes that
    /// begin at the same time get a folder each.
    /// </summary>
    /// <param name="resultDir">The folder of all runs, made if it does not exist.</param>
    /// <param name="description">What the run does.</param>
    /// <param name="settings">What its images depend on.</param>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    internal static RunFolder Open(string resultDir, string description, JsonObject settings)
    {
        ResultFolder root = new(resultDir);
        try
        {
            using ResultClaim turn = ResultClaim.WaitFor(resultDir, "runs");
            return OpenAlone(root, description, settings);
        }
        catch
        {
            root.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _claim.Dispose();
        if (Directory.Exists(Location) && Directory.GetFileSystemEntries(Location).All(e => Path.GetFileName(e) == RecordName))
        {
            File.Delete(InFolder(RecordName));
        }

        _folder.Dispose();
        _root.Dispose();
    }

    /// <summary>Whether all these images are there, whole and recorded.</summary>
    internal bool Has(params IEnumerable<string> names)
    {
        lock (_gate)
        {
            return names.All(n =>
                _results.TryGetValue(n, out FileRecord? recorded) && File.Exists(InFolder(n)) && FileRecord.Of(InFolder(n)) == recorded);
        }
    }

    /// <summary>Writes an image, or several side by side; it appears whole or not at all.</summary>
    /// <param name="name">Its file's name.</param>
    /// <param name="images">[N, channels, height, width].</param>
    /// <param name="range">The values of black and of white.</param>
    /// <param name="gridSize">Images in a row and rows.</param>
    /// <exception cref="UnwritableFolderException">The folder cannot be written.</exception>
    internal void Write(string name, NDArray images, (double Black, double White) range, (int Width, int Height)? gridSize = null)
    {
        UnwritableFolderException.Guard(Location, "results", () => Misc.SaveImageGrid(images, InFolder(name), range, gridSize));
        Interlocked.Increment(ref _written);
    }

    /// <summary>Records images that are finished, so that a run that is continued passes them over.</summary>
    internal void Record(params IEnumerable<string> names)
    {
        lock (_gate)
        {
            foreach (string name in names)
            {
                _results[name] = FileRecord.Of(InFolder(name));
            }

            Save();
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    internal string InFolder(string name) => Path.Combine(Location, name);

    /// <summary>Records that the run is finished.</summary>
    internal void Finish()
    {
        _record = _record with { Outcome = new JsonObject { [Finished] = true } };
        Save();
    }

    private static RunFolder OpenAlone(ResultFolder root, string description, JsonObject settings)
    {
        (long Number, string Path)[] runs =
        [
            .. Directory.GetFileSystemEntries(root.Location).Select(e => (Number(e), e)).Where(r => r.Item1 >= 0).Order(),
        ];
        ResultClaim? claim = null;
        string? stopped = runs.LastOrDefault(r =>
            Path.GetFileName(r.Path).Split('-', 2)[1] == description && (claim = ClaimOfStopped(r.Path, settings)) is not null).Path;
        string next = Path.Combine(root.Location, $"{(runs.Length == 0 ? 0 : runs[^1].Number + 1):D5}-{description}");
        ResultFolder folder = new(stopped ?? next);
        try
        {
            claim ??= ResultClaim.WaitFor(folder.Location, Claimed);
            return new RunFolder(root, folder, claim, settings);
        }
        catch
        {
            claim?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The claim on a run that was stopped; null where it is another one, is finished, or is still at work.</summary>
    private static ResultClaim? ClaimOfStopped(string folder, JsonObject settings)
    {
        ResultClaim? claim = Unfinished(folder, settings) is null ? null : ResultClaim.Take(folder, Claimed);
        if (claim is null || Unfinished(folder, settings) is not null)
        {
            return claim;
        }

        claim.Dispose();
        return null;
    }

    private static ResultRecord? Unfinished(string folder, JsonObject settings)
    {
        string file = Path.Combine(folder, RecordName);
        ResultRecord? record = File.Exists(file) ? ResultRecord.Load(file) : null;
        return record?.Outcome[Finished]?.GetValueKind() == System.Text.Json.JsonValueKind.False && record.DifferenceFrom(settings) is null
            ? record
            : null;
    }

    private static long Number(string path) =>
        NumberAtStart().Match(Path.GetFileName(path)) is { Success: true } match ? long.Parse(match.Groups[1].Value) : -1;

    private void Save() => UnwritableFolderException.Guard(
        Location, "results", () => WholeFile.Write(InFolder(RecordName), (_record with { Results = _results }).Write));

    [GeneratedRegex(@"^(\d{1,18})-")]
    private static partial Regex NumberAtStart();
}
