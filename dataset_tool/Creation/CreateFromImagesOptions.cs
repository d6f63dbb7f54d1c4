using DatasetTool.CommandLine;
using DatasetTool.Export;
using Imaging;

namespace DatasetTool.Creation;

/// <summary>Settings of <see cref="CreateFromImages"/>.</summary>
public sealed record CreateFromImagesOptions
{
    /// <summary>Whether the pictures are shuffled, the same way at every run.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>How the pictures are decoded.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>Whether pictures in folders inside the folder are taken too.</summary>
    public bool Recursive { get; init; }

    /// <summary>
    /// Width and height that the largest square in each picture's middle is brought to, as PIL's Lanczos does; null leaves pictures as they
    /// are.
    /// </summary>
    public int? Resize { get; init; }

    /// <summary>A .csv or .json file with a label for each picture; null for none.</summary>
    /// <remarks>
    /// Lines of a picture's path within the folder and its values; or a JSON object of such, or <c>{"labels": [[path, values], ...]}</c>.
    /// Where every picture has one whole number, that is its class, and the dataset's labels have a component for each class.
    /// </remarks>
    public string? LabelFile { get; init; }

    /// <summary>
    /// The part of the dataset to be written, a piece of its images in their order, which <see cref="Parts.MergeParts"/> joins with the
    /// others; null for all.
    /// </summary>
    public Shard? Shard { get; init; }

    /// <summary>How the dataset is written.</summary>
    public ExporterOptions Export { get; init; } = new();
}
