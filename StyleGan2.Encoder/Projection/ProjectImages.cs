using System.Diagnostics;
using DatasetTool.Export;
using Dnnlib;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training;
using Training.Datasets;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// Finds the dlatents of every picture in a folder (Python's <c>project_images.py</c>): one projector and one compiled session serve all.
/// </summary>
/// <param name="options">What is projected, how, and where the results go.</param>
/// <param name="progress">Receives progress.</param>
public sealed class ProjectImages(ProjectImagesOptions options, IProjectImagesProgress progress)
{
    /// <summary>
    /// Projects every picture that has no results yet. A picture that cannot be projected does not keep the others from it.
    /// </summary>
    /// <param name="cancellationToken">Stops between two steps; the picture begun leaves nothing.</param>
    /// <returns>How many pictures could not be projected.</returns>
    /// <exception cref="InvalidDataException">The network or the LPIPS weights are not what they should be.</exception>
    /// <exception cref="IOException">There are no pictures, or a folder cannot be read or written.</exception>
    /// <exception cref="NotSupportedException">
    /// The device asked for is not there, or the network's pictures are too small to be measured.
    /// </exception>
    public int Run(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> pictures = SourcePictures.In(options.SrcDir);
        ResultFiles.PrepareFolder(options.DstDir);
        Dictionary<string, string> taken = SourcePictures.WithTakenNames(pictures).ToDictionary(t => t.Picture, t => t.First);
        foreach ((string picture, string first) in taken)
        {
            progress.Failed(picture, $"{picture}: its results would have the names of those of {Path.GetFileName(first)}; rename one of them");
        }

        string[] pending = [.. pictures.Where(p => !taken.ContainsKey(p) && (options.Overwrite || !Results(p).Exist))];
        int finished = pictures.Count - taken.Count - pending.Length;
        if (finished > 0)
        {
            progress.Note($"{finished} of {pictures.Count} pictures have results already and are passed over; --overwrite projects them again");
        }

        return taken.Count + (pending.Length == 0 ? 0 : ProjectAll(pending, cancellationToken));
    }

    private int ProjectAll(string[] pictures, CancellationToken cancellationToken)
    {
        using ProjectionSession session = new(options.NetworkPkl, options.Vgg16Pkl, options.Projector, options.Config, progress.Note);
        return pictures.Count(picture => !TryProject(session.Projector, picture, cancellationToken));
    }

    private bool TryProject(Projector projector, string picture, CancellationToken cancellationToken)
    {
        try
        {
            ProjectionResult result = ProjectImage(projector, picture, cancellationToken);
            progress.Finished(picture, result);
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            progress.Failed(picture, e.Message);
            return false;
        }
    }

    /// <summary>Projects one picture (Python's <c>project_image</c>).</summary>
    private ProjectionResult ProjectImage(Projector projector, string picture, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        NDArray levels = ThroughDataset(picture);
        CheckShape(picture, levels, projector.ImageShape);
        progress.Started(picture, projector.Options.NumSteps);
        float distance = 0;
        projector.Run(
            Misc.AdjustDynamicRange(levels, (0, 255), (-1, 1)),
            step =>
            {
                distance = step.Distance;
                progress.Stepped();
            },
            cancellationToken);
        NDArray images = projector.GetImages();
        Results(picture).Write(images, projector.GetDlatents());
        return new ProjectionResult(distance, MeanAbsoluteError(images, levels), Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// Writes a dataset of the one picture and reads it back, as the reference does, so that a picture is taken just as a dataset of it
    /// would be.
    /// </summary>
    /// <returns>uint8 [1, channels, height, width].</returns>
    private NDArray ThroughDataset(string picture)
    {
        using ScratchFolder folder = new(options.TmpDir);
        using (TFRecordExporter exporter = new(Path.Combine(folder.Location, "tfrecords"), 1))
        {
            using Picture decoded = ImageDecoder.Decode(picture, options.Decoding);
            exporter.AddImage(decoded, picture);
            exporter.Close();
        }

        using Graph graph = new();
        using Session session = new(graph);
        using IDataset dataset = Dataset.LoadDataset(
            session,
            dataDir: folder.Location,
            kwargs: new EasyDict { ["tfrecord_dir"] = "tfrecords", ["max_label_size"] = 0, ["repeat"] = false, ["shuffle_mb"] = 0, ["prefetch_mb"] = 0 });
        return dataset.GetMinibatchNp(1).Images;
    }

    private static void CheckShape(string picture, NDArray levels, TensorShape expected)
    {
        if (!levels.shape.Select(d => (int)d).SequenceEqual(expected))
        {
            throw new InvalidDataException(
                $"{picture}: the picture is {Described(levels.shape[1], levels.shape[2], levels.shape[3])}, the network makes {Described(expected[1], expected[2], expected[3])}; "
                + "give a picture of the network's size and colours");
        }
    }

    private static string Described(long channels, long height, long width) => $"{width} x {height} {(channels == 1 ? "gray" : "RGB")}";

    private static double MeanAbsoluteError(NDArray images, NDArray levels)
    {
        float[] found = Misc.AdjustDynamicRange(images, (-1, 1), (0, 255)).Values<float>();
        return found.Zip(levels.Values<byte>(), (f, level) => Math.Abs(Math.Clamp(MathF.Round(f), 0, 255) - level)).Average();
    }

    private ResultFiles Results(string picture) => new(options.DstDir, SourcePictures.ResultName(picture));
}
