using Dnnlib;

namespace Training.Datasets;

/// <summary>Settings of <see cref="TFRecordDataset"/>, with the reference's defaults.</summary>
public sealed record TFRecordDatasetOptions
{
    /// <summary>Value of <see cref="MaxLabelSize"/> for all components (Python's <c>'full'</c>).</summary>
    public const int FullLabels = int.MaxValue;

    private static readonly string[] s_names =
    [
        "tfrecord_dir", "resolution", "label_file", "max_label_size", "max_images", "repeat", "shuffle_mb", "prefetch_mb", "buffer_mb",
        "num_threads",
    ];

    /// <summary>Folder with a .tfrecords file for each level of detail.</summary>
    public required string TfrecordDir { get; init; }

    /// <summary>Resolution of the dataset; null for that of the largest images.</summary>
    public int? Resolution { get; init; }

    /// <summary>Labels file, a path or a name within the folder; null for the folder's first .labels file, if any.</summary>
    public string? LabelFile { get; init; }

    /// <summary>How many components of the labels are used: 0 for no labels, <see cref="FullLabels"/> for all.</summary>
    public int MaxLabelSize { get; init; }

    /// <summary>How many images are used; null for all.</summary>
    public int? MaxImages { get; init; }

    /// <summary>Whether the dataset is repeated without end.</summary>
    public bool Repeat { get; init; } = true;

    /// <summary>Megabytes of images that are shuffled within; 0 for no shuffling.</summary>
    public int ShuffleMb { get; init; } = 4096;

    /// <summary>Megabytes of images that are read in the background; 0 for none.</summary>
    public int PrefetchMb { get; init; } = 2048;

    /// <summary>Megabytes of the reference's read buffer. Nothing here: images are read straight into their minibatch.</summary>
    public int BufferMb { get; init; } = 256;

    /// <summary>How many images are read at once.</summary>
    public int NumThreads { get; init; } = 2;

    /// <summary>Settings from keyword arguments as Python passes them.</summary>
    /// <exception cref="ArgumentException">There is an argument that the class does not take, or no tfrecord_dir.</exception>
    /// <exception cref="InvalidDataException">A value is of another kind.</exception>
    public static TFRecordDatasetOptions FromKwargs(EasyDict kwargs)
    {
        ArgumentNullException.ThrowIfNull(kwargs);
        if (kwargs.Keys.Except(s_names).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException(
                $"TFRecordDataset takes no argument {unknown}; it takes {string.Join(", ", s_names)}", nameof(kwargs));
        }

        TFRecordDatasetOptions defaults = new()
        {
            TfrecordDir = kwargs.Get<string?>("tfrecord_dir", null)
                ?? throw new ArgumentException("TFRecordDataset needs the argument tfrecord_dir", nameof(kwargs)),
        };
        return defaults with
        {
            Resolution = kwargs.Get<int?>("resolution", null),
            LabelFile = kwargs.Get<string?>("label_file", null),
            MaxLabelSize = kwargs.TryGetValue("max_label_size", out object? size) && size is "full"
                ? FullLabels
                : kwargs.Get("max_label_size", 0),
            MaxImages = kwargs.Get<int?>("max_images", null),
            Repeat = kwargs.Get("repeat", defaults.Repeat),
            ShuffleMb = kwargs.Get("shuffle_mb", defaults.ShuffleMb),
            PrefetchMb = kwargs.Get("prefetch_mb", defaults.PrefetchMb),
            BufferMb = kwargs.Get("buffer_mb", defaults.BufferMb),
            NumThreads = kwargs.Get("num_threads", defaults.NumThreads),
        };
    }
}
