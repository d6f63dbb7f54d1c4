using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Generation;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using Training;
using Training.Datasets;

namespace StyleGan2.Encoder.Projection;

/// <summary>Projects generated images and images of a dataset, and saves pictures on the way (Python's <c>run_projector.py</c>).</summary>
public sealed class RunProjector : IDisposable
{
    private readonly NetworkSession _opened;
    private readonly Projector _projector;
    private readonly TextWriter _output;

    /// <summary>Loads the generator and sets up the projector.</summary>
    /// <param name="networkPkl">Network file; null for the network in the box.</param>
    /// <param name="vgg16Pkl">LPIPS weights; null measures with <see cref="PyramidDistance"/>.</param>
    /// <param name="options">Settings of the projection.</param>
    /// <param name="tf">Seeds, device and threads.</param>
    /// <param name="output">Takes lines that say how far it has come.</param>
    /// <exception cref="InvalidDataException">The network or the LPIPS weights are not what they should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The device asked for is not there, or the network's pictures are too small to be measured.</exception>
    public RunProjector(string? networkPkl, string? vgg16Pkl, ProjectorOptions options, TfConfig tf, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _output.WriteLine($"Loading networks from \"{networkPkl ?? PretrainedNetworks.InTheBox}\"...");
        ImageDistance distance = ImageDistance.FromFile(vgg16Pkl);
        _output.WriteLine($"Distance: {distance.Description}");
        _opened = new NetworkSession(PretrainedNetworks.LoadNetworks(networkPkl).Gs, tf);
        _projector = new Projector(_opened.Session, _opened.Network, distance, options);
    }

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
        SeededImages images = new(_opened.Session, _opened.Network);
        foreach ((int index, uint seed) in seeds.Index())
        {
            _output.WriteLine($"Projecting seed {seed} ({index}/{seeds.Count}) ...");
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
        _output.WriteLine($"Loading images from \"{dataset}\"...");
        using IDataset images = Dataset.LoadDataset(
            dataDir: dataDir, kwargs: new EasyDict { ["tfrecord_dir"] = dataset, ["max_label_size"] = 0, ["repeat"] = false, ["shuffle_mb"] = 0 });
        if (!images.Shape.SequenceEqual(_projector.ImageShape.Skip(1)))
        {
            throw new InvalidDataException(
                $"{location}: its images are [{string.Join(", ", images.Shape)}], the network makes [{string.Join(", ", _projector.ImageShape.Skip(1))}]; give a dataset of the network's size");
        }

        for (int index = 0; index < numImages; index++)
        {
            _output.WriteLine($"Projecting image {index}/{numImages} ...");
            NDArray levels = Next(images, location, index);
            ProjectImage(Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1)), Path.Combine(folder, $"image{index:D4}-"), numSnapshots, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    /// <summary>Steps after which a picture is saved: evenly spread, the last step among them.</summary>
    internal static HashSet<int> SnapshotSteps(int numSteps, int numSnapshots) =>
        [.. Enumerable.Range(0, numSnapshots).Select(i => numSteps - (int)(i * ((double)numSteps / numSnapshots)))];

    /// <summary>Projects one image (Python's <c>project_image</c>).</summary>
    private void ProjectImage(NDArray target, string prefix, int numSnapshots, CancellationToken cancellationToken)
    {
        HashSet<int> snapshots = SnapshotSteps(_projector.Options.NumSteps, numSnapshots);
        SavePicture(target, prefix + "target.png");
        _projector.Start(target);
        while (_projector.CurrentStep < _projector.Options.NumSteps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _projector.Step();
            if (snapshots.Contains(_projector.CurrentStep))
            {
                SavePicture(_projector.GetImages(), $"{prefix}step{_projector.CurrentStep:D4}.png");
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
