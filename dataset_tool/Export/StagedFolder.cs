using System.Diagnostics;

namespace DatasetTool.Export;

/// <summary>
/// A folder of results that appears whole or not at all: files are written to a hidden folder beside it (inside it, if it exists already),
/// which takes its place at the end. What a killed process left is removed by the next one that writes the same folder.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private const string Ending = ".incomplete";
    private static int s_count;

    private readonly string _target;
    private readonly Predicate<string> _isResult;
    private readonly bool _exists;
    private bool _isDone;

    /// <summary>Begins a folder.</summary>
    /// <param name="target">The folder to be made.</param>
    /// <param name="isResult">Whether a file of this name, in a folder that exists, is an earlier result, which the new ones
    /// replace.</param>
    /// <param name="overwrite">Whether earlier results may be replaced.</param>
    /// <exception cref="IOException">Nothing can be written there, or there are earlier results that may not be replaced.</exception>
    internal StagedFolder(string target, Predicate<string> isResult, bool overwrite)
    {
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        _isResult = isResult;
        Name = Path.GetFileName(_target);
        _exists = Directory.Exists(_target);
        if (!overwrite && EarlierResults().FirstOrDefault() is { } earlier)
        {
            throw new IOException(
                $"{target}: there are results already ({Path.GetFileName(earlier)}); "
                + "choose another folder, or give --overwrite to replace them");
        }

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

    /// <summary>Puts the folder in its place. In a folder that exists, earlier results are replaced, other files stay.</summary>
    internal void Commit()
    {
        try
        {
            if (_exists)
            {
                ReplaceFiles();
                Directory.Delete(Folder, recursive: true);
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

    /// <summary>
    /// A dataset's smallest level goes first and comes last: without it, what is there is not taken for a dataset. An error brings the
    /// earlier files back.
    /// </summary>
    private void ReplaceFiles()
    {
        string replaced = Directory.CreateDirectory(Path.Combine(Folder, "replaced")).FullName;
        Stack<(string From, string To)> moves = [];
        try
        {
            MoveAll(EarlierResults().Order(StringComparer.Ordinal), replaced, moves);
            MoveAll(Directory.EnumerateFiles(Folder).OrderDescending(StringComparer.Ordinal), _target, moves);
        }
        catch
        {
            foreach ((string from, string to) in moves)
            {
                File.Move(to, from);
            }

            throw;
        }
    }

    private static void MoveAll(IEnumerable<string> files, string folder, Stack<(string From, string To)> moves)
    {
        foreach (string file in files)
        {
            string to = Path.Combine(folder, Path.GetFileName(file));
            File.Move(file, to);
            moves.Push((file, to));
        }
    }

    private IEnumerable<string> EarlierResults() =>
        _exists ? Directory.EnumerateFiles(_target).Where(f => _isResult(Path.GetFileName(f))) : [];

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
