using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Projection;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Comparison;

/// <summary>Projects a recording's target again, with its random numbers, and holds every value against the recorded one.</summary>
public sealed class RecordingReplay : IDisposable
{
    private readonly Recording _recording;
    private readonly NetworkSession _opened;
    private readonly Projector _projector;
    private readonly Tensor _normals;

    /// <summary>Loads the recording's network and sets up the projector.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="vgg16Pkl">The LPIPS weights that it was made with.</param>
    /// <param name="tf">Device and threads.</param>
    /// <exception cref="InvalidDataException">The network or the LPIPS weights are not what they should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="NotSupportedException">The device asked for is not there.</exception>
    public RecordingReplay(Recording recording, string vgg16Pkl, TfConfig tf)
    {
        ArgumentNullException.ThrowIfNull(recording);
        _recording = recording;
        ImageDistance distance = ImageDistance.FromFile(vgg16Pkl);
        _opened = new NetworkSession(PretrainedNetworks.LoadNetworks(recording.NetworkPkl).Gs, tf);
        _projector = new Projector(_opened.Session, _opened.Network, distance, recording.Options);
        _normals = _opened.Session.Graph.GetTensorByName("dlatents_noise");
    }

    /// <summary>Compares the start: statistics of W, the measured target, noise maps as drawn from their seeds, the first image.</summary>
    /// <exception cref="InvalidDataException">A recorded value is missing or of another shape.</exception>
    public IReadOnlyList<ComparedValue> Start()
    {
        NDArray target = _recording.Target;
        _projector.Start(target);
        NDArray measured = _opened.Session.Run(_projector.Graph.ProcessedTarget, new FeedDict { [_projector.Graph.TargetIn] = target });
        ComparedValue[] compared =
        [
            Compared(0, "dlatent_avg", _projector.Statistics.Average),
            Compared(0, "dlatent_std", NDArray.Scalar((float)_projector.Statistics.Std)),
            Compared(0, "target_processed", measured),
            .. ComparedNoises(0, "initial_noise"),
        ];
        TakeRecordedNoises();
        return [.. compared, Compared(0, "initial_images", _projector.GetImages())];
    }

    /// <summary>Takes the next step and compares it.</summary>
    /// <exception cref="InvalidDataException">A recorded value is missing or of another shape.</exception>
    public IReadOnlyList<ComparedValue> Step()
    {
        int index = _projector.CurrentStep, step = index + 1;
        ProjectionSchedule schedule = new(_projector.Options);
        (float distance, float loss) = _projector.Step(new FeedDict { [_normals] = _recording.Value("dlatent_normals")[index].Contiguous() });
        List<ComparedValue> compared =
        [
            ComparedAt(index, "noise_strength", (float)schedule.NoiseStrength(index, _projector.Statistics.Std)),
            ComparedAt(index, "learning_rate", (float)schedule.LearningRate(index)),
            ComparedAt(index, "dist", distance),
            ComparedAt(index, "loss", loss),
        ];
        if (_recording.KeptAfterSteps.Contains(step))
        {
            compared.Add(Compared(step, "dlatents", _projector.GetDlatents(), $"step{step}_dlatents"));
            compared.Add(Compared(step, "images", _projector.GetImages(), $"step{step}_images"));
            compared.AddRange(ComparedNoises(step, $"step{step}_noise"));
        }

        return compared;
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    /// <summary>Goes on from the recorded noise maps, so that kernels that draw other numbers from the same seeds, as a GPU's may, do not hide everything else.</summary>
    private void TakeRecordedNoises()
    {
        foreach ((int i, Variable noise) in _projector.Graph.Noises.Index().Where(n => _recording.Has($"initial_noise{n.Index}")))
        {
            _opened.Session.Load(noise, _recording.Value($"initial_noise{i}"));
        }
    }

    private ComparedValue Compared(int step, string name, NDArray actual, string? recordedName = null)
    {
        string recorded = recordedName ?? name;
        NDArray expected = _recording.Value(recorded).astype(typeof(float));
        return new ComparedValue(step, name, ArrayDifference.Of(expected, AsRecorded(actual, expected)), _recording.Scatter(recorded));
    }

    private ComparedValue ComparedAt(int index, string name, float actual)
    {
        float[] series = _recording.Value(name).astype(typeof(float)).Values<float>();
        return new ComparedValue(index + 1, name, ArrayDifference.InSeries(series, index, actual), _recording.Scatter(name));
    }

    /// <summary>All noise maps together; nothing where the recording leaves them out, as one of large maps may.</summary>
    private IEnumerable<ComparedValue> ComparedNoises(int step, string prefix)
    {
        ArrayDifference? difference = null;
        foreach ((int i, NDArray noise) in _projector.GetNoises().Index().Where(n => _recording.Has($"{prefix}{n.Index}")))
        {
            NDArray expected = _recording.Value($"{prefix}{i}");
            ArrayDifference ofOne = ArrayDifference.Of(expected, AsRecorded(noise, expected));
            difference = difference?.And(ofOne) ?? ofOne;
        }

        return difference is null ? [] : [new ComparedValue(step, "noises", difference, _recording.Scatter(prefix))];
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
