using Imaging;

namespace DatasetTool.Export;

/// <summary>A picture decoded for a dataset, or why it cannot be taken.</summary>
/// <param name="Name">The picture, for messages.</param>
/// <param name="Levels">Its levels; null where there are none to take.</param>
/// <param name="Problem">Why it cannot be taken; null where it can.</param>
internal sealed record DecodedPicture(string Name, PictureLevels? Levels, Exception? Problem) : IDisposable
{
    /// <summary>Decodes a picture.</summary>
    /// <param name="name">The picture, for messages.</param>
    /// <param name="load">Decodes it; null where it is passed over.</param>
    internal static DecodedPicture Of(string name, Func<Picture?> load)
    {
        try
        {
            return new DecodedPicture(name, load() is { } picture ? PictureLevels.Of(picture, name) : null, null);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            return new DecodedPicture(name, null, problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Levels?.Dispose();
}
