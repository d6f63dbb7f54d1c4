using Imaging;

namespace DatasetTool.Sources;

/// <summary>The pictures of a folder or of a .zip file, in the order of their characters' code points.</summary>
internal interface IPictureCollection : IDisposable
{
    /// <summary>The pictures' paths within it.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>What to call a picture in messages.</summary>
    string Describe(string name);

    /// <summary>Decodes a picture; may be called from several threads at once.</summary>
    /// <exception cref="InvalidDataException">It is not a picture that can be read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    Picture Decode(string name, DecodingOptions options);

    /// <summary>Opens a file that is no picture; null where there is none of this name.</summary>
    Stream? OpenCompanion(string name);
}
