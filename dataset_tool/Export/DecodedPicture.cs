namespace DatasetTool.Export;

/// <summary>A picture decoded for a dataset, or why it cannot be taken.</summary>
internal sealed class DecodedPicture : IDisposable
{
    private DecodedPicture(string name, PictureLevels? levels, Exception? problem) => (Name, Levels, Problem) = (name, levels, problem);

    /// <summary>The picture, for messages.</summary>
    internal string Name { get; }

    /// <summary>Its levels; null where it cannot be taken.</summary>
    internal PictureLevels? Levels { get; }

    /// <summary>Why it cannot be taken; null where it can.</summary>
    internal Exception? Problem { get; }

    /// <summary>Decodes a picture.</summary>
    internal static DecodedPicture Of(PictureSource source)
    {
        try
        {
            return new DecodedPicture(source.Name, PictureLevels.Of(source.Load(), source.Name), null);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            return new DecodedPicture(source.Name, null, problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Levels?.Dispose();
}
