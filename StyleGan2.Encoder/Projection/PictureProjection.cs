using System.Diagnostics;
using System.Text.Json.Nodes;
using NumSharp;
using StyleGan2.Encoder.Reports;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// Projects pictures of a run of <see cref="ProjectImages"/> (Python's <c>project_image</c>), with a checkpoint now and then and where it
/// is stopped. A picture with a video has none, as a video cannot be gone on with; it begins again.
/// </summary>
/// <param name="options">Settings of the run.</param>
/// <param name="studio">Makes the videos; null where none are made.</param>
/// <param name="report">Shows the pictures; null where there is no report.</param>
/// <param name="startFrom">The dlatents to begin with, float32 [1, layers, size]; the mean of W where there are none.</param>
/// <param name="projector">Projects.</param>
/// <param name="progress">Receives progress.</param>
internal sealed class PictureProjection(
    ProjectImagesOptions options, VideoStudio? studio, Report? report, NDArray? startFrom, Projector projector, IRunProgress progress)
{
    /// <summary>
    /// How often a projection reads what it has found, picture and dlatents, which draws random numbers too; each frame of a video does.
    /// </summary>
    private const int ReadsOfResults = 2;

    /// <summary>Projects a picture and writes its results.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="levels">Its pixels, uint8 [1, channels, height, width].</param>
    /// <param name="settings">What its results depend on.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="NotFiniteNumberException">The distance is not finite.</exception>
    /// <exception cref="InvalidDataException">Its checkpoint is damaged.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal void Run(SourcePicture picture, NDArray levels, JsonObject settings, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        NDArray target = Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1));
        CheckpointFile checkpoint = new(options.DstDir, picture.ResultName);
        using IDisposable part = projector.TakePart();
        TimeSpan spent = Begin(picture, target, checkpoint, settings);
        ResultFiles files = new(options.DstDir, picture.ResultName, options.Video, options.SaveNoise);
        PictureReport? shown = Shown(picture, target, settings);
        float distance = 0;
        using (ProjectionVideo? video = studio?.Begin(files.StagedVideo, files.StagedFrames, target))
        {
            void OnStep(ProjectionStep step)
            {
                distance = step.Distance;
                progress.Step(picture.Name, step.Distance);
                video?.Add(projector.GetImages());
                shown?.Step(step.Number, step.Distance, projector.PeekImages);
                progress.Preview(picture.Name, target, projector.PeekImages);
            }

            TakeSteps(picture, checkpoint, shown, settings, spent, OnStep, cancellationToken);
            video?.Finish();
        }

        NDArray images = projector.GetImages(), dlatents = projector.GetDlatents();
        NDArray[] noises = projector.GetNoises();
        part.Dispose();
        ProjectedPicture projected = new(
            picture.Name, distance, MeanAbsoluteError(images, levels), spent + Stopwatch.GetElapsedTime(start));
        ResultRecord record = new() { Settings = settings, Outcome = Outcome(picture, projected) };
        files.Write(images, dlatents, noises, record);
        checkpoint.Delete();
        shown?.Finish(images, record.Outcome, files.Names);
        progress.Finished(projected);
    }

    /// <summary>Begins with the first step, or after the last one of the checkpoint.</summary>
    /// <returns>The time spent on the steps before.</returns>
    private TimeSpan Begin(SourcePicture picture, NDArray target, CheckpointFile checkpoint, JsonObject settings)
    {
        int steps = projector.Options.NumSteps;
        projector.SeekRandom(picture.Position, (studio is null ? 0 : steps) + ReadsOfResults);
        projector.Start(target, startFrom);
        (ProjectionState State, TimeSpan Spent)? begun = studio is null ? checkpoint.Find(settings, options.Overwrite) : null;
        if (begun is { } found)
        {
            try
            {
                projector.Restore(found.State);
            }
            catch (ArgumentException error)
            {
                throw checkpoint.Damaged(error.Message);
            }
        }

        progress.Announce(
            projector.CurrentStep > 0
                ? $"Projecting image \"{picture.Name}\" from step {projector.CurrentStep} on..."
                : $"Projecting image \"{picture.Name}\"...");
        progress.Begin(picture.Name, steps, projector.CurrentStep);
        return begun?.Spent ?? TimeSpan.Zero;
    }

    private void TakeSteps(
        SourcePicture picture,
        CheckpointFile checkpoint,
        PictureReport? shown,
        JsonObject settings,
        TimeSpan spentBefore,
        Action<ProjectionStep> onStep,
        CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp(), saved = start;
        bool isSavedOnTheWay = studio is null && options.CheckpointEvery > TimeSpan.Zero;
        try
        {
            projector.TakeSteps(
                step =>
                {
                    onStep(step);
                    bool isLast = step.Number == projector.Options.NumSteps;
                    if (isSavedOnTheWay && !isLast && Stopwatch.GetElapsedTime(saved) >= options.CheckpointEvery)
                    {
                        Save();
                        saved = Stopwatch.GetTimestamp();
                    }
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (studio is null && projector.CurrentStep > 0)
        {
            Save();
            throw new StoppedProjectionException(picture.Name, projector.CurrentStep, projector.Options.NumSteps, cancellationToken);
        }

        void Save()
        {
            shown?.Keep(projector.PeekImages);
            checkpoint.Save(projector.GetState(), settings, spentBefore + Stopwatch.GetElapsedTime(start));
        }
    }

    private PictureReport? Shown(SourcePicture picture, NDArray target, JsonObject settings) => report is null ? null : new PictureReport(
        report,
        new PictureEntry
        {
            Name = picture.Name,
            ResultName = picture.ResultName,
            Position = picture.Position,
            Steps = projector.Options.NumSteps,
            Step = projector.CurrentStep,
            Versions = Versions.InUse,
            Settings = settings.DeepClone().AsObject(),
        },
        target,
        RunProjector.SnapshotSteps(projector.Options.NumSteps, options.Snapshots));

    private JsonObject Outcome(SourcePicture picture, ProjectedPicture projected) => new()
    {
        ["picture"] = picture.Name,
        ["position"] = picture.Position,
        ["distance"] = (float)projected.Distance,
        ["mean_absolute_error"] = projected.MeanAbsoluteError,
        ["seconds"] = Math.Round(projected.Time.TotalSeconds, 1),
        ["device"] = options.Config.Device,
    };

    private static double MeanAbsoluteError(NDArray images, NDArray levels)
    {
        float[] found = Misc.AdjustDynamicRange(images, (-1, 1), (0, 255)).Values<float>();
        return found.Zip(levels.Values<byte>(), (f, level) => Math.Abs(Math.Clamp(MathF.Round(f), 0, 255) - level)).Average();
    }
}
