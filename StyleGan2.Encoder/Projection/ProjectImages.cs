using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using DatasetTool.CommandLine;
using Imaging;
using Imaging.Colors;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Reports;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// Finds the dlatents of every picture in a folder (Python's <c>project_images.py</c>): one projector and one compiled session serve all.
/// </summary>
/// <param name="options">What is projected, how, and where the results go.</param>
/// <param name="progress">Receives progress.</param>
public sealed class ProjectImages(ProjectImagesOptions options, IRunProgress progress)
{
    private VideoStudio? _studio;

    /// <summary>
    /// Projects every picture that has no results yet. A picture that cannot be projected does not keep the others from it. Each picture
    /// draws the random numbers that it draws in one run of all the folder's pictures, whichever of them are projected.
    /// </summary>
    /// <param name="cancellationToken">Stops between two steps; the picture begun leaves a checkpoint, from which the next run goes on.
    /// </param>
    /// <returns>How many pictures could not be projected.</returns>
    /// <exception cref="InvalidDataException">The network or the LPIPS weights are not what they should be.</exception>
    /// <exception cref="IOException">There are no pictures, or a folder cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="TryAgainException">Other processes are projecting some of the pictures.</exception>
    /// <exception cref="ArgumentException">A setting is out of range, or there is no picture at a position asked for.</exception>
    /// <exception cref="NotSupportedException">
    /// The device asked for is not there, or the network's pictures are too small to be measured.
    /// </exception>
    public int Run(CancellationToken cancellationToken = default)
    {
        options.Projector.Validate();
        IReadOnlyList<SourcePicture> all = SourcePictures.In(options.SrcDir);
        SourcePicture[] pictures = Selected(all);
        progress.Note($"Looking at {pictures.Length} pictures in \"{options.SrcDir}\"...");
        if (SourcePictures.NoteOnFolders(options.SrcDir) is { } note)
        {
            progress.Note(note);
        }

        _studio = options.Video is { } video ? new VideoStudio(video) : null;
        using ResultFolder folder = new(options.DstDir, options.SrcDir);
        PictureQueue queue = new(options.DstDir, options.Video, MadeWith(), options.SaveNoise, progress);
        SourcePicture[] pending = queue.PendingAmong(pictures, all, options.Overwrite);
        if (pending.Length > 0)
        {
            ProjectAll(pending, queue, cancellationToken);
        }

        return queue.Failed;
    }

    private void ProjectAll(SourcePicture[] pending, PictureQueue queue, CancellationToken cancellationToken)
    {
        using ProjectionSession session = new(
            options.NetworkPkl,
            options.Vgg16Pkl,
            options.Projector,
            options.Config,
            progress.Note,
            options.Label,
            Math.Min(options.BatchSize, pending.Length));
        DecodingOptions decoding = options.Decoding with { Notes = new DecodingNotes(progress.Note) };
        TargetPictures targets = new(decoding, options.TmpDir, session.Projector.ImageShape);
        Report? report = ReportOfResults();
        NDArray? start = StartOf(session.Projector);
        SourcePicture[] fit = queue.WithoutProblems(pending, targets, cancellationToken);
        ProjectionJobs jobs = session.Jobs(options.Jobs, fit.Length, progress.Note);
        progress.Expect(fit.Length);
        int written = 0;

        // The process that had claimed a picture may have died since.
        SourcePicture[] elsewhere = Unclaimable(Unclaimable(fit));
        Array.ForEach(elsewhere, _ => progress.PassedOver());
        progress.Note($"Wrote the results of {written} of {pending.Length} pictures to {options.DstDir}");
        if (elsewhere.Length > 0 && queue.Failed == 0)
        {
            throw new TryAgainException(
                $"{options.DstDir}: {elsewhere.Length} of {pending.Length} pictures are being projected by other processes; "
                    + "run the same command again when they have ended, to make sure of them");
        }

        SourcePicture[] Unclaimable(SourcePicture[] wanted)
        {
            ConcurrentBag<SourcePicture> claimed = [];
            jobs.ForEach(
                wanted,
                (picture, projector, stop) =>
                {
                    if (!WasClaimed(picture, projector, stop))
                    {
                        claimed.Add(picture);
                    }
                },
                cancellationToken);
            return [.. claimed.OrderBy(p => p.Position)];
        }

        bool WasClaimed(SourcePicture picture, Projector projector, CancellationToken stop)
        {
            using ResultClaim? claim = ResultClaim.Take(options.DstDir, picture.ResultName);
            if (claim is not null && queue.WasFinishedMeanwhile(picture))
            {
                progress.PassedOver();
            }
            else if (claim is not null && queue.Tries(picture, Project))
            {
                Interlocked.Increment(ref written);
            }

            return claim is not null;

            void Project() => new PictureProjection(options, _studio, report, start, projector, progress)
                .Run(picture, targets.Levels(picture.File), queue.SettingsFor(picture), stop);
        }
    }

    /// <summary>The dlatents to begin with; null where that is the mean of W.</summary>
    private NDArray? StartOf(Projector projector)
    {
        if (options.StartFrom is not { } file)
        {
            return null;
        }

        NDArray dlatents = DlatentsFile.Load(file, projector.DlatentsShape);
        return dlatents.shape[0] == 1
            ? dlatents
            : throw new InvalidDataException($"{file}: it has {dlatents.shape[0]} dlatents; all pictures begin with the same, give one");
    }

    private Report? ReportOfResults()
    {
        string? problem = options.Report ? Report.Problem(options.DstDir) : null;
        if (problem is not null)
        {
            progress.Note(problem);
        }

        return options.Report && problem is null ? new Report(options.DstDir) : null;
    }

    private JsonObject MadeWith()
    {
        JsonObject settings = RecordedSettings.OfProjection(
            options.NetworkPkl, options.Label, options.Vgg16Pkl, options.Projector, options.Config);
        settings["convert"] = options.Decoding.Conversion == ColorConversion.None
            ? null
            : $"{options.Decoding.Conversion}".ToLowerInvariant();
        settings["depth"] = $"{options.Decoding.Depth}".ToLowerInvariant();
        settings["exif_orientation"] = options.Decoding.ExifOrientation;
        if (options.StartFrom is { } file)
        {
            settings["start_from_sha256"] = FileRecord.Of(file).Sha256;
        }

        RecordedSettings.AddVideo(settings, options.Video);
        return settings;
    }

    private SourcePicture[] Selected(IReadOnlyList<SourcePicture> pictures)
    {
        foreach (int position in options.Pictures?.Where(p => p < 0 || p >= pictures.Count) ?? [])
        {
            throw new ArgumentException($"{options.SrcDir}: there is no picture {position}; it has pictures 0 to {pictures.Count - 1}");
        }

        return [.. pictures.Where(p => options.Pictures?.Contains(p.Position) != false && options.Shard?.Has(p.Position) != false)];
    }
}
