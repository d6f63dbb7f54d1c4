using System.Text.Json.Nodes;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Video;

namespace StyleGan2.Encoder.Projection;

/// <summary>Decides which pictures are projected, and counts those that cannot be.</summary>
/// <param name="folder">The folder of the results.</param>
/// <param name="video">Settings of the videos; null where none are made.</param>
/// <param name="settings">What results that are made now depend on, besides their pictures.</param>
/// <param name="savesNoise">Whether results have noise maps.</param>
/// <param name="progress">Receives what is found.</param>
internal sealed class PictureQueue(string folder, VideoOptions? video, JsonObject settings, bool savesNoise, IRunProgress progress)
{
    private const string Remedy = "--overwrite projects them again", Check = "Checking images";

    private readonly List<string> _differences = [];
    private readonly Dictionary<SourcePicture, DateTime> _lastWritten = [];
    private int _finished, _failed;

    /// <summary>How many pictures cannot be projected.</summary>
    internal int Failed => _failed;

    /// <summary>The pictures to project.</summary>
    /// <param name="pictures">All pictures of the run.</param>
    /// <param name="all">All pictures of the folder, whose results may be in the same folder.</param>
    /// <param name="overwrite">Whether those that have results are projected again.</param>
    internal SourcePicture[] PendingAmong(SourcePicture[] pictures, IReadOnlyList<SourcePicture> all, bool overwrite)
    {
        Dictionary<SourcePicture, SourcePicture> taken = SourcePictures.WithTakenNames(all).ToDictionary(t => t.Picture, t => t.First);
        foreach (SourcePicture picture in pictures.Where(taken.ContainsKey))
        {
            Fail(picture, $"{picture.File}: its results would have the names of those of {taken[picture].Name}; rename one of them");
        }

        SourcePicture[] pending = [.. pictures.Where(p => !taken.ContainsKey(p) && IsPending(p, overwrite))];
        if (_finished > 0)
        {
            progress.Note($"{_finished} of {pictures.Length} pictures have results already and are passed over; {Remedy}");
        }

        foreach (IGrouping<string, string> group in _differences.GroupBy(d => d))
        {
            progress.Note($"{group.Count()} of {pictures.Length} pictures have {group.Key}, which are kept; {Remedy}");
        }

        return pending;
    }

    /// <summary>Reports a picture that cannot be projected.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="reason">One line that names it.</param>
    internal void Fail(SourcePicture picture, string reason)
    {
        Interlocked.Increment(ref _failed);
        progress.Failed(picture.Name, reason);
    }

    /// <summary>The pictures that the network can make; the others are found before the first one is projected.</summary>
    internal SourcePicture[] WithoutProblems(SourcePicture[] pending, TargetPictures targets, CancellationToken cancellationToken)
    {
        progress.Begin(Check, pending.Length);
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

            progress.Step(Check);
        }

        return [.. found];
    }

    /// <summary>Projects a picture; where that fails for a reason that lies in it, the others go on.</summary>
    /// <returns>Whether it succeeded.</returns>
    internal bool Tries(SourcePicture picture, Action project)
    {
        try
        {
            project();
            return true;
        }
        catch (NotFiniteNumberException error)
        {
            Fail(picture, $"{picture.File}: {error.Message}");
        }
        catch (Exception error) when (error is (IOException or InvalidDataException) and not UnwritableFolderException)
        {
            Fail(picture, error.Message);
        }

        return false;
    }

    /// <summary>Whether another process has finished a picture since this one looked at what is to be done.</summary>
    internal bool WasFinishedMeanwhile(SourcePicture picture) => Files(picture).LastWritten != _lastWritten[picture];

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
            JsonObject made = SettingsFor(picture);
            _lastWritten[picture] = Files(picture).LastWritten;
            (ResultState state, string details) = Files(picture).Find(made);
            switch (state)
            {
                case ResultState.Foreign:
                    Fail(
                        picture,
                        $"{picture.File}: its results would replace {details}; move that, or give another folder for the results");
                    return false;
                case ResultState.OtherSettings when !overwrite:
                    _differences.Add($"results made with other settings ({details})");
                    return false;
                case ResultState.Done when !overwrite:
                    _finished++;
                    return false;
                default:
                    return overwrite || !IsBegunOtherwise(picture, made);
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            Fail(picture, error.Message);
            return false;
        }
    }

    /// <summary>Whether the picture has a checkpoint of other settings, which is kept.</summary>
    private bool IsBegunOtherwise(SourcePicture picture, JsonObject made)
    {
        string? difference = new CheckpointFile(folder, picture.ResultName).DifferenceFrom(made);
        if (difference is not null)
        {
            _differences.Add($"checkpoints made with other settings ({difference})");
        }

        return difference is not null;
    }

    private ResultFiles Files(SourcePicture picture) => new(folder, picture.ResultName, video, savesNoise);
}
