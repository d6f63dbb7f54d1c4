using System.Diagnostics;
using Dnnlib;
using NumSharp;
using StyleGan2.Encoder.Generation;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;
using TensorGraph.Graphs;
using Training;
using Training.Datasets;

namespace StyleGan2.Encoder.Projection;

/// <summary>Projects generated images and images of a dataset, and saves pictures on the way (Python's <c>run_projector.py</c>).</summary>
/// <remarks>
/// Images that a run that is continued has projected are passed over; each image draws the random numbers that it draws in a whole run.
/// </remarks>
/// <param name="session">The generator and the projector.</param>
/// <param name="jobs">How many images are projected at the same time; 0 for what is fastest.</param>
/// <param name="numSnapshots">Pictures to save of each projection.</param>
/// <param name="folder">Where the pictures go.</param>
/// <param name="progress">Receives progress, with the reference's lines.</param>
/// <param name="video">Settings of videos, which change no other result; null makes none.</param>
/// <exception cref="NotSupportedException">Videos are made by ffmpeg, which is not installed.</exception>
internal sealed class RunProjector(
    ProjectionSession session, int jobs, int numSnapshots, RunFolder folder, IRunProgress progress, VideoOptions? video = null)
{
    private readonly VideoStudio? _studio = video is null ? null : new VideoStudio(video);

    /// <summary>Projects the image of each seed (<c>project_generated_images</c>); pictures begin with <c>seedNNNN-</c>.</summary>
    /// <param name="seeds">Seeds of latents and noise maps.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is not a finite number.</exception>
    /// <exception cref="IOException">A picture cannot be written.</exception>
    internal void ProjectGeneratedImages(IReadOnlyList<uint> seeds, double? truncationPsi, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        SeededImages images = new(session.Network, session.Label);
        ProjectAll(
            seeds.Count,
            seeds.Index().Select(s => new TargetImage(
                $"seed{s.Item:D4}",
                $"Projecting seed {s.Item} ({s.Index}/{seeds.Count}) ...",
                s.Index,
                () => images.Make(s.Item, truncationPsi, null))),
            cancellationToken);
    }

    /// <summary>Projects a dataset's first images (<c>project_real_images</c>); pictures begin with <c>imageNNNN-</c>.</summary>
    /// <param name="dataset">The dataset's name, a folder in <paramref name="dataDir"/>.</param>
    /// <param name="dataDir">The folder of datasets.</param>
    /// <param name="numImages">How many images.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="InvalidDataException">
    /// The dataset is damaged, of another size, or has fewer images; found before the first step.
    /// </exception>
    /// <exception cref="IOException">The dataset cannot be read, or a picture not written.</exception>
    internal void ProjectRealImages(string dataset, string dataDir, int numImages, CancellationToken cancellationToken = default)
    {
        progress.Note($"Loading images from \"{dataset}\"...");
        string location = Path.Combine(dataDir, dataset);
        using (IDataset images = Open(dataset, dataDir))
        {
            for (int index = 0; index < numImages; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Next(images, location, index);
            }
        }

        using IDataset targets = Open(dataset, dataDir);
        ProjectAll(numImages, Enumerable.Range(0, numImages).Select(Target), cancellationToken);

        TargetImage Target(int index)
        {
            NDArray levels = Next(targets, location, index);
            return new TargetImage(
                $"image{index:D4}",
                $"Projecting image {index}/{numImages} ...",
                index,
                () => Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1)));
        }
    }

    /// <summary>Steps after which a picture is saved: evenly spread, the last step among them.</summary>
    internal static HashSet<int> SnapshotSteps(int numSteps, int numSnapshots) =>
        [.. Enumerable.Range(0, numSnapshots).Select(i => numSteps - (int)(i * ((double)numSteps / numSnapshots)))];

    private void ProjectAll(int count, IEnumerable<TargetImage> images, CancellationToken cancellationToken)
    {
        ProjectionJobs all = session.Jobs(jobs, count, progress.Note);
        progress.Expect(count);
        all.ForEach(images, ProjectImage, cancellationToken);
    }

    /// <summary>Projects one image (Python's <c>project_image</c>).</summary>
    private void ProjectImage(TargetImage image, Projector projector, CancellationToken cancellationToken)
    {
        string name = image.Name;
        HashSet<int> snapshots = SnapshotSteps(projector.Options.NumSteps, numSnapshots);
        string[] pictures = [TargetName(name), .. snapshots.Select(s => SnapshotName(name, s)), .. VideoName(name)];
        if (folder.Has(pictures))
        {
            progress.PassedOver();
            return;
        }

        long start = Stopwatch.GetTimestamp();
        progress.Announce(image.Announcement);
        progress.Begin(name, projector.Options.NumSteps);
        NDArray images = image.Make();
        Save(TargetName(name), images);
        projector.SeekRandom(image.Position, snapshots.Count);
        float distance = 0;
        string staged = folder.InFolder($".stylegan2-part-{name}{video?.Extension}");
        string stagedFrames = folder.InFolder($".stylegan2-part-{name}-frames");
        using ProjectionVideo? film = _studio?.Begin(staged, stagedFrames, images);
        using IDisposable part = projector.TakePart();
        projector.Start(images);
        projector.TakeSteps(AfterStep, cancellationToken);
        Publish(film, name, staged, stagedFrames);
        folder.Record(pictures);
        progress.Finished(new ProjectedPicture(name, distance, MeanAbsoluteError: null, Stopwatch.GetElapsedTime(start)));

        void AfterStep(ProjectionStep step)
        {
            distance = step.Distance;
            progress.Step(name, step.Distance);
            film?.Add(projector.PeekImages());
            progress.Preview(name, images, projector.PeekImages);
            if (snapshots.Contains(step.Number))
            {
                Save(SnapshotName(name, step.Number), projector.GetImages());
            }
        }
    }

    private IDataset Open(string dataset, string dataDir)
    {
        EasyDict settings = new() { ["tfrecord_dir"] = dataset, ["max_label_size"] = 0, ["repeat"] = false, ["shuffle_mb"] = 0 };
        IDataset images = Dataset.LoadDataset(session.Session, dataDir: dataDir, kwargs: settings);
        TensorShape shape = session.Projector.ImageShape;
        if (images.Shape.SequenceEqual(shape.Skip(1)))
        {
            return images;
        }

        using (images)
        {
            throw new InvalidDataException(
                $"{Path.Combine(dataDir, dataset)}: its images are [{string.Join(", ", images.Shape)}], "
                    + $"the network makes [{string.Join(", ", shape.Skip(1))}]; give a dataset of the network's size");
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

    /// <summary>Gives a finished video, and its frames where they are kept, their names.</summary>
    private void Publish(ProjectionVideo? film, string name, string staged, string stagedFrames)
    {
        foreach (string final in VideoName(name))
        {
            film!.Finish();
            File.Move(staged, folder.InFolder(final), overwrite: true);
            if (Directory.Exists(stagedFrames))
            {
                FrameFolder.Move(stagedFrames, folder.InFolder($"{name}-frames"));
            }
        }
    }

    private IEnumerable<string> VideoName(string name) => video is null ? [] : [$"{name}{video.Extension}"];

    private static string TargetName(string name) => $"{name}-target.png";

    private static string SnapshotName(string name, int step) => $"{name}-step{step:D4}.png";

    private void Save(string name, NDArray images) => folder.Write(name, images, (-1, 1));

    /// <summary>An image to project.</summary>
    /// <param name="Name">Begins the names of its pictures.</param>
    /// <param name="Announcement">The reference's line.</param>
    /// <param name="Position">Its number, from 0.</param>
    /// <param name="Make">Makes it, float32 [1, channels, height, width] in [-1, 1].</param>
    private sealed record TargetImage(string Name, string Announcement, int Position, Func<NDArray> Make);
}
