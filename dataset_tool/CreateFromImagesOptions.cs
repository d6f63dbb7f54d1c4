using DatasetTool.Export;
using DatasetTool.Images;

namespace DatasetTool;

/// <summary>Settings of <see cref="CreateFromImages"/>.</summary>
public sealed record CreateFromImagesOptions
{
    /// <summary>Whether the pictures are shuffled, the same way at every run.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>What is done with pictures that are not 8-bit gray or RGB.</summary>
    public ColorConversion Conversion { get; init; } = ColorConversion.None;

    /// <summary>How the dataset is written.</summary>
    public ExporterOptions Export { get; init; } = new();
}
