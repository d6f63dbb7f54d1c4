using NumSharp;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Watching;

/// <summary>Several that watch one run. They receive one call at a time, from whichever thread.</summary>
/// <param name="each">They; null for one that is not wanted.</param>
internal sealed class Watchers(IReadOnlyList<IRunProgress?> each) : IRunProgress
{
    private readonly Lock _turn = new();

    /// <inheritdoc/>
    public void Note(string line) => All(w => w.Note(line));

    /// <inheritdoc/>
    public void Announce(string line) => All(w => w.Announce(line));

    /// <inheritdoc/>
    public void Expect(int pictures) => All(w => w.Expect(pictures));

    /// <inheritdoc/>
    public void Begin(string name, int steps, int done = 0) => All(w => w.Begin(name, steps, done));

    /// <inheritdoc/>
    public void Step(string name, double? distance = null) => All(w => w.Step(name, distance));

    /// <inheritdoc/>
    public void Preview(string name, NDArray target, Func<NDArray> current) => All(w => w.Preview(name, target, current));

    /// <inheritdoc/>
    public void Finished(ProjectedPicture picture) => All(w => w.Finished(picture));

    /// <inheritdoc/>
    public void PassedOver() => All(w => w.PassedOver());

    /// <inheritdoc/>
    public void Failed(string name, string reason) => All(w => w.Failed(name, reason));

    private void All(Action<IRunProgress> tell)
    {
        lock (_turn)
        {
            foreach (IRunProgress watcher in each.OfType<IRunProgress>())
            {
                tell(watcher);
            }
        }
    }
}
