using System.Diagnostics;

namespace DatasetTool.Export;

/// <summary>
/// A dataset folder that appears whole or not at all: files are written to a hidden folder beside it (inside it, where it exists already),
/// which takes its place at the
/// end. What a killed process left is removed by the next one that writes the same dataset.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private const string Ending = ".incomplete";
    private static int s_count;

    private readonly string _target;
    private readonly bool _exists;
    private bool _isDone;

    /// <summary>Begins a folder.</summary>
    /// <param name="target">The folder to be made.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    internal StagedFolder(string target)
    {
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        Name = Path.GetFileName(_target);
        _exists = Directory.Exists(_target);
        try
        {
            string parent = _exists ? _target : NearestFolder(_target);
            RemoveAbandoned(parent);
            Folder = Path.Combine(parent, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}{Ending}");
            Directory.CreateDirectory(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>The folder's name, with which its files' names begin.</summary>
    internal string Name { get; }

    /// <summary>Where files are written until then.</summary>
    internal string Folder { get; }

    private string Prefix => $".{Name}.{Environment.MachineName}-";

    /// <summary>
    /// Puts the folder in its place. In a folder that exists, the files of a dataset of this name are replaced, others stay.
    /// </summary>
    internal void Commit()
    {
        try
        {
            if (_exists)
            {
                ReplaceFiles();
                Directory.Delete(Folder);
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
                Directory.Move(Folder, _target);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }

        _isDone = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDone)
        {
            Directory.Delete(Folder, recursive: true);
            _isDone = true;
        }
    }

    /// <summary>The smallest level goes first and comes last: without it, what is there is not taken for a dataset.</summary>
    private void ReplaceFiles()
    {
        foreach (string old in Directory.EnumerateFiles(_target, $"{Name}-r*").Where(IsOfDataset).Order(StringComparer.Ordinal))
        {
            File.Delete(old);
        }

        foreach (string file in Directory.EnumerateFiles(Folder).OrderDescending(StringComparer.Ordinal))
        {
            File.Move(file, Path.Combine(_target, Path.GetFileName(file)));
        }
    }

    private static bool IsOfDataset(string file) => Path.GetExtension(file) is ".tfrecords" or ".labels";

    /// <summary>The folder in which the first missing part of a path would be.</summary>
    private static string NearestFolder(string path)
    {
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } above)
        {
            path = File.Exists(path) ? throw new IOException($"{path} is a file") : above;
        }

        return path;
    }

    private IOException CannotWrite(Exception error) =>
        new($"{_target}: the output folder cannot be written ({error.Message}); choose another or change its permissions", error);

    private void RemoveAbandoned(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, $"{Prefix}*{Ending}"))
        {
            string process = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(process, out int id) && !IsRunning(id))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
