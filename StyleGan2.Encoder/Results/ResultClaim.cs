namespace StyleGan2.Encoder.Results;

/// <summary>
/// Says that this process makes a picture's results, so that no other does. It is a lock on a file: the system lets it go when the process
/// ends, however that happens. On a network file system it holds where locks do (NFS from version 4 on).
/// </summary>
internal sealed class ResultClaim : IDisposable
{
    private static readonly int[] s_taken = [11, 35, unchecked((int)0x80070020)];    // EWOULDBLOCK of Linux and macOS; Windows

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

    /// <summary>Gives the claim up; the file is removed before the lock goes.</summary>
    public void Dispose() => _file.Dispose();

    private static ResultClaim? Open(string location)
    {
        try
        {
            return new ResultClaim(new FileStream(
                location, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));
        }
        catch (IOException error) when (s_taken.Contains(error.HResult))
        {
            return null;
        }
    }
}
