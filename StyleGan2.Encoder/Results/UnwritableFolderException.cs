namespace StyleGan2.Encoder.Results;

/// <summary>Nothing more can be written into a folder, so that going on would only throw work away.</summary>
/// <param name="folder">The folder.</param>
/// <param name="what">What was to be written there.</param>
/// <param name="cause">What the system said.</param>
internal sealed class UnwritableFolderException(string folder, string what, Exception cause)
    : IOException(
        $"{folder}: cannot write {what} there ({cause.Message.TrimEnd('.')}); make room, or give a folder that can be written", cause)
{
    /// <summary>Writes something into a folder.</summary>
    /// <exception cref="UnwritableFolderException">It cannot be written.</exception>
    internal static void Guard(string folder, string what, Action write)
    {
        try
        {
            write();
        }
        catch (Exception cause) when (cause is (IOException or UnauthorizedAccessException) and not UnwritableFolderException)
        {
            throw new UnwritableFolderException(folder, what, cause);
        }
    }
}
