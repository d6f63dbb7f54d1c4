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

    /// <summary>
    /// A .csv or .json file with a label for each picture, <see cref="FolderLabels"/> or <see cref="NoLabels"/>; null takes
    /// <c>dataset.json</c> in the folder, if there is one.
    /// </summary>
    /// <remarks>
    /// Lines of a picture's path within the folder and its class or several values; or a JSON object of paths and labels, or
    /// <c>{"labels": [[path, label], ...]}</c>, where a list is values and a number or a name is a class. For classes the dataset's labels
    /// have a component each. Where not all classes are numbers, they are numbered in the order of their names, which
    /// <c>classes.json</c> in the dataset's folder keeps.
    /// </remarks>
    public string? LabelFile { get; init; }

    /// <summary>Value of <see cref="LabelFile"/> that takes the outermost folder of each picture as its class.</summary>
    public const string FolderLabels = "folders";

    /// <summary>Value of <see cref="LabelFile"/> for no labels, whatever the folder has.</summary>
    public const string NoLabels = "none";

    /// <summary>
    /// The part of the dataset to be written, a piece of its images in their order, which <see cref="Parts.MergeParts"/> joins with the
    /// others; null for all.
    /// </summary>
    public Shard? Shard { get; init; }

    /// <summary>How the dataset is written.</summary>
    public ExporterOptions Export { get; init; } = new();
}
