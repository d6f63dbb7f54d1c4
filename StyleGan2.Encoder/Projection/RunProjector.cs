using Dnnlib;
using NumSharp;
using StyleGan2.Encoder.Generation;
using Training;
using Training.Datasets;

namespace StyleGan2.Encoder.Projection;

/// <summary>Projects generated images and images of a dataset, and saves pictures on the way (Python's <c>run_projector.py</c>).</summary>
/// <param name="session">The generator and the projector.</param>
/// <param name="output">Receives progress.</param>
public sealed class RunProjector(ProjectionSession session, TextWriter output)
{
    private Projector Projector => session.Projector;

    /// <summary>Projects the image of each seed (<c>project_generated_images</c>); pictures begin with <c>seedNNNN-</c>.</summary>
    /// <param name="seeds">Seeds of latents and noise maps.</param>
    /// <param name="numSnapshots">Pictures to save of each projection.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="folder">Where the pictures go.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="IOException">A picture cannot be written.</exception>
    public void ProjectGeneratedImages(IReadOnlyList<uint> seeds, int numSnapshots, double? truncationPsi, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        SeededImages images = new(session.Network);
        foreach ((int index, uint seed) in seeds.Index())
        {
            output.WriteLine($"Projecting seed {seed} ({index}/{seeds.Count}) ...");
            ProjectImage(images.Make(seed, truncationPsi, null), Path.Combine(folder, $"seed{seed:D4}-"), numSnapshots, cancellationToken);
        }
    }

    /// <summary>Projects a dataset's first images (<c>project_real_images</c>); pictures begin with <c>imageNNNN-</c>.</summary>
    /// <param name="dataset">The dataset's name, a folder in <paramref name="dataDir"/>.</param>
    /// <param name="dataDir">The folder of datasets.</param>
    /// <param name="numImages">How many images.</param>
    /// <param name="numSnapshots">Pictures to save of each projection.</param>
    /// <param name="folder">Where the pictures go.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="InvalidDataException">The dataset is damaged, of another size, or has fewer images.</exception>
    /// <exception cref="IOException">The dataset cannot be read, or a picture not written.</exception>
    public void ProjectRealImages(string dataset, string dataDir, int numImages, int numSnapshots, string folder, CancellationToken cancellationToken = default)
    {
        string location = Path.Combine(dataDir, dataset);
        output.WriteLine($"Loading images from \"{dataset}\"...");
        using IDataset images = Dataset.LoadDataset(
            session.Session, dataDir: dataDir, kwargs: new EasyDict { ["tfrecord_dir"] = dataset, ["max_label_size"] = 0, ["repeat"] = false, ["shuffle_mb"] = 0 });
        if (!images.Shape.SequenceEqual(Projector.ImageShape.Skip(1)))
        {
            throw new InvalidDataException(
                $"{location}: its images are [{string.Join(", ", images.Shape)}], the network makes [{string.Join(", ", Projector.ImageShape.Skip(1))}]; give a dataset of the network's size");
        }

        for (int index = 0; index < numImages; index++)
        {
            output.WriteLine($"Projecting image {index}/{numImages} ...");
            NDArray levels = Next(images, location, index);
            ProjectImage(Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1)), Path.Combine(folder, $"image{index:D4}-"), numSnapshots, cancellationToken);
        }
    }

    /// <summary>Steps after which a picture is saved: evenly spread, the last step among them.</summary>
    internal static HashSet<int> SnapshotSteps(int numSteps, int numSnapshots) =>
        [.. Enumerable.Range(0, numSnapshots).Select(i => numSteps - (int)(i * ((double)numSteps / numSnapshots)))];

    /// <summary>Projects one image (Python's <c>project_image</c>).</summary>
    private void ProjectImage(NDArray target, string prefix, int numSnapshots, CancellationToken cancellationToken)
    {
        HashSet<int> snapshots = SnapshotSteps(Projector.Options.NumSteps, numSnapshots);
        SavePicture(target, prefix + "target.png");
        Projector.Run(target, Save, cancellationToken);

        void Save(ProjectionStep step)
        {
            if (snapshots.Contains(step.Number))
            {
                SavePicture(Projector.GetImages(), $"{prefix}step{step.Number:D4}.png");
            }
        }
    }

    private static NDArray Next(IDataset images, string location, int had)
    {
        try
        {
            return images.GetMinibatchNp(1).Images;
        }
        catch (TensorGraph.Data.OutOfRangeException e)
        {
            throw new InvalidDataException($"{location}: it has only {had} images; ask for no more with --num-images", e);
        }
    }

    private static void SavePicture(NDArray images, string path) => Misc.SaveImageGrid(images, path, (-1, 1));
}
