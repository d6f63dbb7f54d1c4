using System.Text.Json.Nodes;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Projection;

/// <summary>Decides which pictures are projected, and counts those that cannot be.</summary>
/// <param name="folder">The folder of the results.</param>
/// <param name="video">Settings of the videos; null where none are made.</param>
/// <param name="settings">What results that are made now depend on, besides their pictures.</param>
/// <param name="progress">Receives what is found.</param>
internal sealed class PictureQueue(string folder, VideoOptions? video, JsonObject settings, IRunProgress progress)
{
    private const string Remedy = "--overwrite projects them again";

    private readonly List<string> _differences = [];
    private int _finished;

    /// <summary>How many pictures cannot be projected.</summary>
    internal int Failed { get; private set; }

    /// <summary>The pictures to project.</summary>
    /// <param name="pictures">All pictures of the run.</param>
    /// <param name="overwrite">Whether those that have results are projected again.</param>
    internal SourcePicture[] PendingAmong(IReadOnlyList<SourcePicture> pictures, bool overwrite)
    {
        Dictionary<SourcePicture, SourcePicture> taken = SourcePictures.WithTakenNames(pictures).ToDictionary(t => t.Picture, t => t.First);
        foreach ((SourcePicture picture, SourcePicture first) in taken)
        {
            Fail(picture, $"{picture.File}: its results would have the names of those of {first.Name}; rename one of them");
        }

        SourcePicture[] pending = [.. pictures.Where(p => !taken.ContainsKey(p) && IsPending(p, overwrite))];
        if (_finished > 0)
        {
            progress.Note($"{_finished} of {pictures.Count} pictures have results already and are passed over; {Remedy}");
        }

        foreach (IGrouping<string, string> group in _differences.GroupBy(d => d))
        {
            progress.Note(
                $"{group.Count()} of {pictures.Count} pictures have results made with other settings ({group.Key}), which are kept; "
                    + Remedy);
        }

        return pending;
    }

    /// <summary>Reports a picture that cannot be projected.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="reason">One line that names it.</param>
    internal void Fail(SourcePicture picture, string reason)
    {
        Failed++;
        progress.Failed(picture.Name, reason);
    }

    /// <summary>The pictures that the network can make; the others are found before the first one is projected.</summary>
    internal SourcePicture[] WithoutProblems(SourcePicture[] pending, TargetPictures targets, CancellationToken cancellationToken)
    {
        progress.Begin("Checking images", pending.Length);
        List<SourcePicture> found = [];
        foreach (SourcePicture picture in pending)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (targets.Problem(picture.File) is { } problem)
            {
                Fail(picture, problem);
            }
            else
            {
                found.Add(picture);
            }

            progress.Step();
        }

        return [.. found];
    }

    /// <summary>What a picture's results depend on.</summary>
    /// <exception cref="IOException">The picture cannot be read.</exception>
    internal JsonObject SettingsFor(SourcePicture picture)
    {
        JsonObject all = settings.DeepClone().AsObject();
        all["picture_sha256"] = FileRecord.Of(picture.File).Sha256;
        return all;
    }

    private bool IsPending(SourcePicture picture, bool overwrite)
    {
        try
        {
            (ResultState state, string details) = new ResultFiles(folder, picture.ResultName, video).Find(SettingsFor(picture));
            switch (state)
            {
                case ResultState.Foreign:
                    Fail(
                        picture,
                        $"{picture.File}: its results would replace {details}; move that, or give another folder for the results");
                    return false;
                case ResultState.OtherSettings when !overwrite:
                    _differences.Add(details);
                    return false;
                case ResultState.Done when !overwrite:
                    _finished++;
                    return false;
                default:
                    return true;
            }
        }
        catch (IOException error)
        {
            Fail(picture, error.Message);
            return false;
        }
    }
}
