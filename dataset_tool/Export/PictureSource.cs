using Imaging;

namespace DatasetTool.Export;

/// <summary>A picture that is yet to be decoded.</summary>
/// <param name="Name">What to call it in errors, usually its file.</param>
/// <param name="Load">Decodes it; called once, on any thread.</param>
public readonly record struct PictureSource(string Name, Func<Picture> Load);
