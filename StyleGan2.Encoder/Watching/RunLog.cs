using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Watching;

/// <summary>
/// The progress of a run as a file of JSON: a line an event, each with <c>time</c> (UTC) and <c>event</c>: <c>start</c>, <c>note</c>,
/// <c>expect</c>, <c>begin</c>, <c>step</c>, <c>finished</c>, <c>failed</c>, <c>end</c>. A run that is continued adds to its file.
/// </summary>
internal sealed class RunLog : IRunProgress, IDisposable
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly StreamWriter _writer;
    private readonly Dictionary<string, int> _steps = [];
    private int _finished, _failed;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="command">The command that runs.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">It cannot be written, or is something else than such a log.</exception>
    internal RunLog(string file, string command, TimeProvider time)
    {
        (_file, _time) = (file, time);
        RefuseOtherFiles();
        _writer = Guarded(() => new StreamWriter(file, append: true) { AutoFlush = true });
        Write("start", ("command", command), ("program", new ResultRecord().Program));
    }

    /// <inheritdoc/>
    public void Note(string line) => Write("note", ("line", line));

    /// <inheritdoc/>
    public void Expect(int pictures) => Write("expect", ("pictures", pictures));

    /// <inheritdoc/>
    public void Begin(string name, int steps, int done = 0)
    {
        _steps[name] = done;
        Write("begin", ("name", name), ("steps", steps), ("done", done));
    }

    /// <inheritdoc/>
    public void Step(string name, double? distance = null) =>
        Write("step", ("name", name), ("step", ++_steps[name]), ("distance", distance));

    /// <inheritdoc/>
    public void Finished(ProjectedPicture picture)
    {
        _finished++;
        _steps.Remove(picture.Name);
        Write(
            "finished",
            ("name", picture.Name),
            ("distance", picture.Distance),
            ("mean_absolute_error", picture.MeanAbsoluteError),
            ("seconds", Math.Round(picture.Time.TotalSeconds, 3)));
    }

    /// <inheritdoc/>
    public void Failed(string name, string reason)
    {
        _failed++;
        _steps.Remove(name);
        Write("failed", ("name", name), ("reason", reason));
    }

    /// <summary>Writes how the run ended: <c>done</c>, <c>stopped</c>, or what made it fail.</summary>
    internal void End(string how) => Write("end", ("how", how), ("finished", _finished), ("failed", _failed));

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Write(string name, params (string Name, JsonNode? Value)[] values)
    {
        JsonObject line = new() { ["time"] = _time.GetUtcNow().UtcDateTime.ToString("O"), ["event"] = name };
        foreach ((string key, JsonNode? value) in values)
        {
            line[key] = value;
        }

        Guarded(() =>
        {
            _writer.WriteLine(line.ToJsonString(s_json));
            return true;
        });
    }

    /// <summary>A file that is there must begin as a log does: nothing is added to a file of another kind.</summary>
    private void RefuseOtherFiles()
    {
        if (Guarded(() => File.Exists(_file) ? File.ReadLines(_file).FirstOrDefault() : null) is { } first && !IsEvent(first))
        {
            throw new IOException($"{_file}: the file exists and is no log of this program; give another name to --log-json");
        }
    }

    private static bool IsEvent(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject found && found.ContainsKey("event");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string reason = error.Message.TrimEnd('.');
            throw new IOException($"{_file}: the log cannot be written ({reason}); give another file to --log-json", error);
        }
    }
}
