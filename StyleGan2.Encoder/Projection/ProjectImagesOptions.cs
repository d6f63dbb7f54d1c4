using DatasetTool.CommandLine;
using Dnnlib.TfLib;
using Imaging;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Projection;

/// <summary>Settings of <see cref="ProjectImages"/>, named and defaulted as the flags of Python's <c>project_images.py</c>.</summary>
public sealed record ProjectImagesOptions
{
    /// <summary>Folder of the pictures; names that begin with a dot or an underscore are passed over.</summary>
    public required string SrcDir { get; init; }

    /// <summary>Folder of the results, made if it does not exist.</summary>
    public required string DstDir { get; init; }

    /// <summary>Folder for datasets of single pictures; only what is made in it is removed again.</summary>
    public string TmpDir { get; init; } = ".stylegan2-tmp";

    /// <summary>Network file; null for the bundled network.</summary>
    public string? NetworkPkl { get; init; }

    /// <summary>The label of a network with labels; zeros are taken where none is given.</summary>
    public NetworkLabel Label { get; init; } = NetworkLabel.None;

    /// <summary>LPIPS weights; null measures with <see cref="Perceptual.PyramidDistance"/>.</summary>
    public string? Vgg16Pkl { get; init; }

    /// <summary>How the pictures are decoded.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>
    /// File of the dlatents that every projection begins with: .npy, or .npz with <c>dlatents</c>, <c>w</c> or <c>ws</c>; null begins with
    /// the mean of W.
    /// </summary>
    public string? StartFrom { get; init; }

    /// <summary>Positions of the pictures to project in the sorted list of the folder's pictures, from 0; null for all of them.</summary>
    public IReadOnlyList<int>? Pictures { get; init; }

    /// <summary>The share of the pictures to project; null for all of them.</summary>
    public Shard? Shard { get; init; }

    /// <summary>How many pictures are projected at the same time; 0 for what <see cref="ProjectionSession"/> finds fastest.</summary>
    public int Jobs { get; init; }

    /// <summary>How many pictures of a job take their steps in one run of the graph, which a GPU does faster.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>How often a checkpoint is written, from which a run goes on after this one was stopped; zero: only when it is stopped.
    /// </summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether pictures whose results are there already are projected again. Files that this program did not write are kept.
    /// </summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the noise maps found are saved as <c>NAME.noise.npz</c>.</summary>
    public bool SaveNoise { get; init; }

    /// <summary>Whether <c>index.html</c> in the folder of the results shows them.</summary>
    public bool Report { get; init; } = true;

    /// <summary>How many pictures on the way the report shows of each projection, spread evenly, the last one among them.</summary>
    public int Snapshots { get; init; } = 5;

    /// <summary>Settings of the videos; null makes none.</summary>
    public VideoOptions? Video { get; init; }

    /// <summary>Settings of the projection.</summary>
    public ProjectorOptions Projector { get; init; } = new();

    /// <summary>Seeds, device and threads.</summary>
    public TfConfig Config { get; init; } = new();
}
