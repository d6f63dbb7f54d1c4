namespace StyleGan2.Encoder.Results;

/// <summary>
/// Says that this process makes a picture's results, so that no other does. It is a lock on a file: the system lets it go when the process
/// ends, however that happens. On a network file system it holds where locks do (NFS from version 4 on).
/// </summary>
internal sealed class ResultClaim : IDisposable
{
    private static readonly int[] s_taken = [11, 35, unchecked((int)0x80070020)];    // EWOULDBLOCK of Linux and macOS; Windows
    private static readonly bool s_canOpenFilesBeDeleted = !OperatingSystem.IsWindows();

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private ResultClaim(FileStream file) => _file = file;

    /// <summary>Claims results.</summary>
    /// <param name="folder">The folder of the results.</param>
    /// <param name="name">The results' name.</param>
    /// <returns>Null where another process has claimed them.</returns>
    /// <exception cref="UnwritableFolderException">The folder cannot be written.</exception>
    internal static ResultClaim? Take(string folder, string name)
    {
        string location = Path.Combine(folder, $".stylegan2-claim-{name}");
        ResultClaim? claim = null;
        UnwritableFolderException.Guard(folder, "a claim", () => claim = Open(location));
        return claim;
    }

    /// <summary>Claims something that others hold for a short time only.</summary>
    /// <exception cref="UnwritableFolderException">The folder cannot be written.</exception>
    internal static ResultClaim WaitFor(string folder, string name)
    {
        ResultClaim? claim;
        while ((claim = Take(folder, name)) is null)
        {
            Thread.Sleep(s_turn);
        }

        return claim;
    }

    /// <summary>Gives the claim up; the file is removed before the lock goes.</summary>
    public void Dispose()
    {
        if (s_canOpenFilesBeDeleted && File.Exists(_file.Name))
        {
            File.Delete(_file.Name);
        }

        _file.Dispose();
    }

    private static ResultClaim? Open(string location)
    {
        FileOptions options = s_canOpenFilesBeDeleted ? FileOptions.None : FileOptions.DeleteOnClose;
        try
        {
            while (true)
            {
                FileStream file = new(location, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, options);
                if (!s_canOpenFilesBeDeleted || IsStillThere(file))
                {
                    return new ResultClaim(file);
                }

                file.Dispose();
            }
        }
        catch (IOException error) when (s_taken.Contains(error.HResult))
        {
            return null;
        }
    }

    /// <summary>
    /// Whether an open file is the one of its name: the holder before may have removed it after it was opened here and before it was
    /// locked. A time that no other file has tells.
    /// </summary>
    private static bool IsStillThere(FileStream file)
    {
        DateTime mark = DateTime.UnixEpoch.AddMicroseconds(Random.Shared.NextInt64((long)TimeSpan.FromDays(10000).TotalMicroseconds));
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        return File.GetLastWriteTimeUtc(file.Name) == mark;
    }
}
