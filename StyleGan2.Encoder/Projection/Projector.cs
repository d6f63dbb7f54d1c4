using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Projection;

/// <summary>Finds the latent code of pictures in a StyleGAN2 network by optimisation (Python's <c>projector.Projector</c>).</summary>
/// <remarks>
/// Dlatents and noise maps are optimised together for the least distance of the generated picture from the target. One projector serves any
/// number of pictures.
/// </remarks>
public sealed class Projector
{
    private readonly ProjectionBatch _batch;
    private readonly int _place;
    private readonly ProjectionSchedule _schedule;
    private long _starts;
    private long _draws;
    private long _drawsBefore;

    /// <summary>Takes the statistics of a network's W and builds the projection's graph (Python's <c>set_network</c>).</summary>
    /// <param name="network">A generator with components <c>mapping</c> and <c>synthesis</c>; its session runs everything.</param>
    /// <param name="distance">What is minimised.</param>
    /// <param name="options">Settings.</param>
    /// <param name="label">The label of a network with labels, [1, size]; null for zeros.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="NotSupportedException">The network's pictures are too small for the distance.</exception>
    public Projector(Network network, ImageDistance distance, ProjectorOptions? options = null, NDArray? label = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(distance);
        _batch = new ProjectionBatch(network, distance, options ?? new ProjectorOptions(), label, places: 1);
        _schedule = new ProjectionSchedule(Options);
    }

    /// <summary>A projector of the pictures in one place of a batch.</summary>
    internal Projector(ProjectionBatch batch, int place)
    {
        (_batch, _place) = (batch, place);
        _schedule = new ProjectionSchedule(Options);
    }

    /// <summary>Settings.</summary>
    public ProjectorOptions Options => _batch.Options;

    /// <summary>Mean and spread of W.</summary>
    public DlatentStatistics Statistics => _batch.Statistics;

    /// <summary>Shape of the pictures that can be projected: [1, channels, height, width].</summary>
    public TensorShape ImageShape => Graph.TargetIn.Shape;

    /// <summary>Shape of the dlatents: [1, layers, size].</summary>
    internal TensorShape DlatentsShape => Graph.NewDlatents.Shape;

    /// <summary>How many steps have been taken since <see cref="Start"/>; <see cref="ProjectorOptions.NumSteps"/> when done.</summary>
    public int CurrentStep { get; private set; }

    /// <summary>The tensors and operations of the projection.</summary>
    internal ProjectionGraph Graph => _batch.Graph;

    /// <summary>
    /// Moves the random streams to where they are after some projections, so that the next one draws what it draws in a run that makes all
    /// of them.
    /// </summary>
    /// <param name="projections">How many projections come before.</param>
    /// <param name="reads">
    /// How often each reads its picture or dlatents (<see cref="GetImages"/>, <see cref="GetDlatents"/>), which draws too.
    /// </param>
    internal void SeekRandom(int projections, int reads)
    {
        _draws = (long)projections * (Options.NumSteps + reads);
        _starts = projections;
    }

    /// <summary>
    /// Takes part in its batch until what is returned is disposed: the steps of the batch's other pictures wait for those taken here.
    /// </summary>
    internal IDisposable TakePart() => _batch.Use();

    /// <summary>Begins with a new target: fresh noise maps, a fresh optimizer.</summary>
    /// <param name="targetImages">Float32 [1, channels, height, width] in [-1, 1], of the network's size.</param>
    /// <param name="dlatents">The dlatents to begin with, float32 [1, layers, size]; the mean of W if left out.</param>
    /// <exception cref="ArgumentException">The picture or the dlatents have another shape.</exception>
    public void Start(NDArray targetImages, NDArray? dlatents = null)
    {
        _batch.Start(_place, targetImages, dlatents ?? Statistics.Average, _starts++);
        CurrentStep = 0;
        _drawsBefore = _draws;
    }

    /// <summary>What the projection is after the steps taken, to go on from later.</summary>
    public ProjectionState GetState() => new(
        CurrentStep,
        _draws - _drawsBefore,
        _batch.Value(Graph.DlatentsVariable, _place),
        GetNoises(),
        [.. Graph.Optimizer.StateVariables.Select(v => _batch.Value(v, _place))]);

    /// <summary>Takes over the state of a projection of the same picture, which was begun with the same random numbers; after
    /// <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException">It is the state of another network's projection, or is past the last step.</exception>
    public void Restore(ProjectionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Variable[] variables = [Graph.DlatentsVariable, .. Graph.Noises, .. Graph.Optimizer.StateVariables];
        NDArray[] values = [state.Dlatents, .. state.Noises, .. state.Optimizer];
        if (variables.Length != values.Length || state.Step < 0 || state.Step > Options.NumSteps || state.Draws < 0)
        {
            throw new ArgumentException("it is the state of another projection", nameof(state));
        }

        foreach ((Variable variable, NDArray value) in variables.Zip(values))
        {
            _batch.Load(variable, _place, value);
        }

        CurrentStep = state.Step;
        _draws = _drawsBefore + state.Draws;
    }

    /// <summary>Takes one step of the optimisation.</summary>
    /// <exception cref="NotFiniteNumberException">The distance is not finite.</exception>
    public ProjectionStep Step() => Step([]);

    /// <summary>Projects a picture: starts, and takes every step.</summary>
    /// <param name="targetImages">Float32 [1, channels, height, width] in [-1, 1], of the network's size.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    /// <exception cref="NotFiniteNumberException">The distance is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Run(NDArray targetImages, IProgress<ProjectionStep>? progress = null, CancellationToken cancellationToken = default)
    {
        Start(targetImages);
        TakeSteps(step => progress?.Report(step), cancellationToken);
    }

    /// <summary>The dlatents found so far, float32 [1, layers, size].</summary>
    /// <remarks>The reference draws the dlatents' noise for it, which then has no strength: the draw is passed over.</remarks>
    public NDArray GetDlatents()
    {
        _draws++;
        return _batch.Dlatents(_place);
    }

    /// <summary>The noise maps found so far, each float32 [1, 1, height, width].</summary>
    public NDArray[] GetNoises() => [.. Graph.Noises.Select(n => _batch.Value(n, _place))];

    /// <summary>The picture found so far, float32 [1, channels, height, width] in about [-1, 1].</summary>
    /// <remarks>The reference draws the dlatents' noise for it, which then has no strength: the draw is passed over.</remarks>
    public NDArray GetImages()
    {
        _draws++;
        return PeekImages();
    }

    /// <summary>
    /// The picture found so far, for showing it: no random numbers are drawn, so that the projection goes on as if nobody had looked.
    /// </summary>
    internal NDArray PeekImages() => _batch.Picture(_place);

    /// <summary>Takes the steps that are left.</summary>
    /// <param name="onStep">Is called after each step.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <param name="given">Values of some tensors in a step, from 0, such as recorded random numbers.</param>
    internal void TakeSteps(Action<ProjectionStep>? onStep, CancellationToken cancellationToken, Func<int, FeedDict>? given = null)
    {
        while (CurrentStep < Options.NumSteps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ProjectionStep step = Step(given?.Invoke(CurrentStep) ?? []);
            onStep?.Invoke(step);
        }
    }

    /// <summary>Takes one step with some tensors given.</summary>
    internal ProjectionStep Step(FeedDict given)
    {
        PlaceFeeds feeds = new(
            (float)_schedule.NoiseStrength(CurrentStep, Statistics.Std), (float)_schedule.LearningRate(CurrentStep), _draws);
        (float distance, float loss) = _batch.Step(_place, feeds, given);
        CurrentStep++;
        _draws += given.ContainsKey(Graph.DlatentsNoise) ? 0 : 1;
        ProjectionStep step = new(CurrentStep, distance, loss);
        return float.IsFinite(step.Distance)
            ? step
            : throw new NotFiniteNumberException(
                $"the distance is {step.Distance} at step {step.Number}; try a smaller learning rate or noise factor, "
                    + "or another network or LPIPS file");
    }
}
