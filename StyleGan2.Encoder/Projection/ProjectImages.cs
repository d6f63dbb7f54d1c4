using System.Diagnostics;
using System.Text.Json.Nodes;
using Imaging;
using Imaging.Colors;
using NumSharp;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// Finds the dlatents of every picture in a folder (Python's <c>project_images.py</c>): one projector and one compiled session serve all.
/// </summary>
/// <param name="options">What is projected, how, and where the results go.</param>
/// <param name="progress">Receives progress.</param>
public sealed class ProjectImages(ProjectImagesOptions options, IRunProgress progress)
{
    /// <summary>
    /// How often a projection reads what it has found, picture and dlatents, which draws random numbers too; each frame of a video does.
    /// </summary>
    private const int ReadsOfResults = 2;

    private VideoStudio? _studio;

    /// <summary>
    /// Projects every picture that has no results yet. A picture that cannot be projected does not keep the others from it. Each picture
    /// draws the random numbers that it draws in one run of all the folder's pictures, whichever of them are projected.
    /// </summary>
    /// <param name="cancellationToken">Stops between two steps; the picture begun leaves nothing.</param>
    /// <returns>How many pictures could not be projected.</returns>
    /// <exception cref="InvalidDataException">The network or the LPIPS weights are not what they should be.</exception>
    /// <exception cref="IOException">There are no pictures, or a folder cannot be read or written.</exception>
    /// <exception cref="ArgumentException">A setting is out of range, or there is no picture at a position asked for.</exception>
    /// <exception cref="NotSupportedException">
    /// The device asked for is not there, or the network's pictures are too small to be measured.
    /// </exception>
    public int Run(CancellationToken cancellationToken = default)
    {
        options.Projector.Validate();
        SourcePicture[] pictures = Selected(SourcePictures.In(options.SrcDir));
        progress.Note($"Looking at {pictures.Length} pictures in \"{options.SrcDir}\"...");
        if (SourcePictures.NoteOnFolders(options.SrcDir) is { } note)
        {
            progress.Note(note);
        }

        _studio = options.Video is { } video ? new VideoStudio(video) : null;
        using ResultFolder folder = new(options.DstDir, options.SrcDir);
        PictureQueue queue = new(options.DstDir, options.Video, MadeWith(), progress);
        SourcePicture[] pending = queue.PendingAmong(pictures, options.Overwrite);
        if (pending.Length > 0)
        {
            ProjectAll(pending, queue, cancellationToken);
        }

        return queue.Failed;
    }

    private void ProjectAll(SourcePicture[] pending, PictureQueue queue, CancellationToken cancellationToken)
    {
        using ProjectionSession session = new(options.NetworkPkl, options.Vgg16Pkl, options.Projector, options.Config, progress.Note);
        DecodingOptions decoding = options.Decoding with { Notes = new DecodingNotes(progress.Note) };
        TargetPictures targets = new(decoding, options.TmpDir, session.Projector.ImageShape);
        int written = 0;
        SourcePicture[] fit = queue.WithoutProblems(pending, targets, cancellationToken);
        progress.Expect(fit.Length);
        foreach (SourcePicture picture in fit)
        {
            try
            {
                ProjectImage(session.Projector, picture, targets.Levels(picture.File), queue.SettingsFor(picture), cancellationToken);
                written++;
            }
            catch (NotFiniteNumberException error)
            {
                queue.Fail(picture, $"{picture.File}: {error.Message}");
            }
            catch (Exception error) when (error is (IOException or InvalidDataException) and not UnwritableFolderException)
            {
                queue.Fail(picture, error.Message);
            }
        }

        progress.Note($"Wrote the results of {written} of {pending.Length} pictures to {options.DstDir}");
    }

    /// <summary>Projects one picture (Python's <c>project_image</c>).</summary>
    private void ProjectImage(
        Projector projector, SourcePicture picture, NDArray levels, JsonObject settings, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        progress.Announce($"Projecting image \"{picture.Name}\"...");
        progress.Begin(picture.Name, projector.Options.NumSteps);
        int frames = _studio is null ? 0 : projector.Options.NumSteps;
        projector.SeekRandom(picture.Position, frames + ReadsOfResults);
        float distance = 0;
        NDArray target = Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1));
        ResultFiles files = new(options.DstDir, picture.ResultName, options.Video);
        using ProjectionVideo? video = _studio?.Begin(files.StagedVideo, files.StagedFrames, target);
        projector.Start(target);
        projector.TakeSteps(
            step =>
            {
                distance = step.Distance;
                progress.Step(step.Distance);
                video?.Add(projector.GetImages());
                progress.Preview(target, projector.PeekImages);
            },
            cancellationToken);
        video?.Finish();
        NDArray images = projector.GetImages();
        double error = MeanAbsoluteError(images, levels);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        JsonObject outcome = new()
        {
            ["picture"] = picture.Name,
            ["position"] = picture.Position,
            ["distance"] = distance,
            ["mean_absolute_error"] = error,
            ["seconds"] = Math.Round(time.TotalSeconds, 1),
            ["device"] = options.Config.Device,
        };
        files.Write(images, projector.GetDlatents(), new ResultRecord { Settings = settings, Outcome = outcome });
        progress.Finished(new ProjectedPicture(picture.Name, distance, error, time));
    }

    private static double MeanAbsoluteError(NDArray images, NDArray levels)
    {
        float[] found = Misc.AdjustDynamicRange(images, (-1, 1), (0, 255)).Values<float>();
        return found.Zip(levels.Values<byte>(), (f, level) => Math.Abs(Math.Clamp(MathF.Round(f), 0, 255) - level)).Average();
    }

    private JsonObject MadeWith()
    {
        JsonObject settings = RecordedSettings.OfProjection(options.NetworkPkl, options.Vgg16Pkl, options.Projector, options.Config);
        settings["convert"] = options.Decoding.Conversion == ColorConversion.None
            ? null
            : $"{options.Decoding.Conversion}".ToLowerInvariant();
        settings["depth"] = $"{options.Decoding.Depth}".ToLowerInvariant();
        settings["exif_orientation"] = options.Decoding.ExifOrientation;
        RecordedSettings.AddVideo(settings, options.Video);
        return settings;
    }

    private SourcePicture[] Selected(IReadOnlyList<SourcePicture> pictures)
    {
        foreach (int position in options.Pictures?.Where(p => p < 0 || p >= pictures.Count) ?? [])
        {
            throw new ArgumentException($"{options.SrcDir}: there is no picture {position}; it has pictures 0 to {pictures.Count - 1}");
        }

        return [.. pictures.Where(p => options.Pictures?.Contains(p.Position) ?? true)];
    }
}
