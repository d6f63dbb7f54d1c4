namespace Imaging;

/// <summary>
/// Says what a user should know of the pictures that are decoded: each kind of thing once, with the first picture. Safe for use from
/// several threads.
/// </summary>
/// <param name="say">Receives one line.</param>
public sealed class DecodingNotes(Action<string> say)
{
    private int _clipped;
    private int _asStored;

    /// <summary>A 16-bit gray picture has levels beyond 255.</summary>
    internal void Clipped(string picture) => SayOnce(
        ref _clipped,
        $"Warning: {picture} has 16 bits and is clipped at 255, as by PIL, and so are others like it; --depth scale keeps their levels");

    /// <summary>A picture has an EXIF orientation that is not applied.</summary>
    internal void AsStored(string picture) => SayOnce(
        ref _asStored,
        $"Note: {picture} has an EXIF orientation and is taken as stored, as by PIL, and so are others like it; "
            + "--exif-orientation turns them");

    private void SayOnce(ref int said, string line)
    {
        if (Volatile.Read(ref said) == 0 && Interlocked.Exchange(ref said, 1) == 0)
        {
            say(line);
        }
    }
}
