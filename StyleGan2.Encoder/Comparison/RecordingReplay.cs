using NumSharp;
using StyleGan2.Encoder.Projection;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Comparison;

/// <summary>Projects a recording's target again, with its random numbers, and holds every value against the recorded one.</summary>
/// <param name="recording">The recording.</param>
/// <param name="session">The recording's network and settings, with the LPIPS weights that it was made with.</param>
internal sealed class RecordingReplay(Recording recording, ProjectionSession session)
{
    private Projector Projector => session.Projector;

    /// <summary>Projects and compares: first the start, then each step.</summary>
    /// <param name="onCompared">Receives the values compared.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="InvalidDataException">A recorded value is missing or of another shape.</exception>
    internal void Run(Action<IReadOnlyList<ComparedValue>> onCompared, CancellationToken cancellationToken = default)
    {
        onCompared(Start());
        Projector.TakeSteps(
            step => onCompared(Compared(step)),
            cancellationToken,
            step => new FeedDict { [Projector.Graph.DlatentsNoise] = recording.Value("dlatent_normals")[step].Contiguous() });
    }

    /// <summary>Compares the start: statistics of W, the measured target, noise maps as drawn from their seeds, the first image.</summary>
    private IReadOnlyList<ComparedValue> Start()
    {
        NDArray target = recording.Target;
        Projector.Start(target);
        NDArray measured = session.Session.Run(Projector.Graph.ProcessedTarget, new FeedDict { [Projector.Graph.TargetIn] = target });
        ComparedValue[] compared =
        [
            Compared(0, "dlatent_avg", Projector.Statistics.Average),
            Compared(0, "dlatent_std", NDArray.Scalar((float)Projector.Statistics.Std)),
            Compared(0, "target_processed", measured),
            .. ComparedNoises(0, "initial_noise"),
        ];
        TakeRecordedNoises();
        return [.. compared, Compared(0, "initial_images", Projector.GetImages())];
    }

    private List<ComparedValue> Compared(ProjectionStep taken)
    {
        int step = taken.Number, index = step - 1;
        ProjectionSchedule schedule = new(Projector.Options);
        List<ComparedValue> compared =
        [
            ComparedAt(index, "noise_strength", (float)schedule.NoiseStrength(index, Projector.Statistics.Std)),
            ComparedAt(index, "learning_rate", (float)schedule.LearningRate(index)),
            ComparedAt(index, "dist", taken.Distance),
            ComparedAt(index, "loss", taken.Loss),
        ];
        if (recording.KeptAfterSteps.Contains(step))
        {
            compared.Add(Compared(step, "dlatents", Projector.GetDlatents(), $"step{step}_dlatents"));
            compared.Add(Compared(step, "images", Projector.GetImages(), $"step{step}_images"));
            compared.AddRange(ComparedNoises(step, $"step{step}_noise"));
        }

        return compared;
    }

    /// <summary>
    /// Goes on from the recorded noise maps, so that kernels that draw other numbers from the same seeds, as a GPU's may, do not hide
    /// everything else.
    /// </summary>
    private void TakeRecordedNoises()
    {
        foreach ((int i, Variable noise) in Projector.Graph.Noises.Index().Where(n => recording.Has($"initial_noise{n.Index}")))
        {
            session.Session.Load(noise, recording.Value($"initial_noise{i}"));
        }
    }

    private ComparedValue Compared(int step, string name, NDArray actual, string? recordedName = null)
    {
        string recorded = recordedName ?? name;
        NDArray expected = recording.Value(recorded).astype(typeof(float));
        return new ComparedValue(step, name, ArrayDifference.Of(expected, AsRecorded(actual, expected)), recording.Scatter(recorded));
    }

    private ComparedValue ComparedAt(int index, string name, float actual)
    {
        float[] series = recording.Value(name).astype(typeof(float)).Values<float>();
        return new ComparedValue(index + 1, name, ArrayDifference.InSeries(series, index, actual), recording.Scatter(name));
    }

    /// <summary>All noise maps together; nothing where the recording leaves them out, as one of large maps may.</summary>
    private IEnumerable<ComparedValue> ComparedNoises(int step, string prefix)
    {
        ArrayDifference? difference = null;
        foreach ((int i, NDArray noise) in Projector.GetNoises().Index().Where(n => recording.Has($"{prefix}{n.Index}")))
        {
            NDArray expected = recording.Value($"{prefix}{i}");
            ArrayDifference ofOne = ArrayDifference.Of(expected, AsRecorded(noise, expected));
            difference = difference?.And(ofOne) ?? ofOne;
        }

        return difference is null ? [] : [new ComparedValue(step, "noises", difference, recording.Scatter(prefix))];
    }

    /// <summary>Images may be recorded at every so many pixels.</summary>
    private static NDArray AsRecorded(NDArray actual, NDArray expected)
    {
        if (actual.ndim != 4 || expected.ndim != 4 || expected.shape[2] == 0 || actual.shape[2] <= expected.shape[2])
        {
            return actual;
        }

        long every = actual.shape[2] / expected.shape[2];
        return actual[$":, :, ::{every}, ::{every}"].Contiguous();
    }
}
