using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Projection;

/// <summary>Finds the latent code of pictures in a StyleGAN2 network by optimisation (Python's <c>projector.Projector</c>).</summary>
/// <remarks>
/// Dlatents and noise maps are optimised together for the least distance of the generated picture from the target. One projector serves any
/// number of pictures.
/// </remarks>
public sealed class Projector
{
    private readonly Session _session;
    private readonly ProjectionSchedule _schedule;
    private readonly ProjectionGraph _graph;
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
        Options = options ?? new ProjectorOptions();
        Options.Validate();
        _session = network.Session;
        _schedule = new ProjectionSchedule(Options);
        using IDisposable graph = _session.Graph.AsDefault();
        Statistics = DlatentStatistics.Of(network, Options.DlatentAvgSamples, label);
        _graph = new ProjectionGraph(network, Statistics.Average, distance, Options);
    }

    /// <summary>A projector that works at the same time as another one.</summary>
    private Projector(Projector other, Session session)
    {
        (_session, _schedule, _graph) = (session, other._schedule, other._graph);
        (Options, Statistics) = (other.Options, other.Statistics);
    }

    /// <summary>Settings.</summary>
    public ProjectorOptions Options { get; }

    /// <summary>Mean and spread of W.</summary>
    public DlatentStatistics Statistics { get; }

    /// <summary>Shape of the pictures that can be projected: [1, channels, height, width].</summary>
    public TensorShape ImageShape => _graph.TargetIn.Shape;

    /// <summary>Shape of the dlatents: [1, layers, size].</summary>
    internal TensorShape DlatentsShape => _graph.NewDlatents.Shape;

    /// <summary>How many steps have been taken since <see cref="Start"/>; <see cref="ProjectorOptions.NumSteps"/> when done.</summary>
    public int CurrentStep { get; private set; }

    /// <summary>The tensors and operations of the projection.</summary>
    internal ProjectionGraph Graph => _graph;

    /// <summary>
    /// Projectors that work at the same time, each on its own picture, and share the network and all compiled models: this one, and others
    /// that are good until its session is disposed.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many threads they have together.</param>
    internal IReadOnlyList<Projector> Fork(int count, int threads) =>
        [this, .. _session.Fork(count - 1, threads).Select(s => new Projector(this, s))];

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
        SeekDraw((long)projections * (Options.NumSteps + reads));
        foreach (Variable noise in _graph.Noises)
        {
            _session.SeekRandom(noise.InitialValue, projections);
        }
    }

    /// <summary>Begins with a new target: fresh noise maps, a fresh optimizer.</summary>
    /// <param name="targetImages">Float32 [1, channels, height, width] in [-1, 1], of the network's size.</param>
    /// <param name="dlatents">The dlatents to begin with, float32 [1, layers, size]; the mean of W if left out.</param>
    /// <exception cref="ArgumentException">The picture or the dlatents have another shape.</exception>
    public void Start(NDArray targetImages, NDArray? dlatents = null)
    {
        _session.Run(
            _graph.Start, new FeedDict { [_graph.NewDlatents] = dlatents ?? Statistics.Average, [_graph.TargetIn] = targetImages });
        _graph.Optimizer.ResetOptimizerState(_session);
        CurrentStep = 0;
        _drawsBefore = _draws;
    }

    /// <summary>What the projection is after the steps taken, to go on from later.</summary>
    public ProjectionState GetState() => new(
        CurrentStep,
        _draws - _drawsBefore,
        _session.Value(_graph.DlatentsVariable),
        GetNoises(),
        [.. _graph.Optimizer.StateVariables.Select(_session.Value)]);

    /// <summary>Takes over the state of a projection of the same picture, which was begun with the same random numbers; after
    /// <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException">It is the state of another network's projection, or is past the last step.</exception>
    public void Restore(ProjectionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Variable[] variables = [_graph.DlatentsVariable, .. _graph.Noises, .. _graph.Optimizer.StateVariables];
        NDArray[] values = [state.Dlatents, .. state.Noises, .. state.Optimizer];
        if (variables.Length != values.Length || state.Step < 0 || state.Step > Options.NumSteps || state.Draws < 0)
        {
            throw new ArgumentException("it is the state of another projection", nameof(state));
        }

        foreach ((Variable variable, NDArray value) in variables.Zip(values))
        {
            _session.Load(variable, value);
        }

        CurrentStep = state.Step;
        SeekDraw(_drawsBefore + state.Draws);
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
    public NDArray GetDlatents() => Read(_graph.Dlatents);

    /// <summary>The noise maps found so far, each float32 [1, 1, height, width].</summary>
    public NDArray[] GetNoises() => [.. _graph.Noises.Select(_session.Value)];

    /// <summary>The picture found so far, float32 [1, channels, height, width] in about [-1, 1].</summary>
    public NDArray GetImages() => Read(_graph.Images);

    /// <summary>
    /// The picture found so far, for showing it: no random numbers are drawn, so that the projection goes on as if nobody had looked.
    /// </summary>
    internal NDArray PeekImages() => Peek(_graph.Images);

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
        FeedDict feeds = new()
        {
            [_graph.NoiseIn] = NDArray.Scalar((float)_schedule.NoiseStrength(CurrentStep, Statistics.Std)),
            [_graph.LearningRateIn] = NDArray.Scalar((float)_schedule.LearningRate(CurrentStep)),
        };
        foreach ((Tensor tensor, NDArray value) in given)
        {
            feeds.Add(tensor, value);
        }

        NDArray[] values = _session.Run([_graph.Step, _graph.Distance, _graph.Loss], feeds);
        CurrentStep++;
        _draws += feeds.ContainsKey(_graph.DlatentsNoise) ? 0 : 1;
        ProjectionStep step = new(CurrentStep, values[1].Values<float>()[0], values[2].Values<float>()[0]);
        return float.IsFinite(step.Distance)
            ? step
            : throw new NotFiniteNumberException(
                $"the distance is {step.Distance} at step {step.Number}; try a smaller learning rate or noise factor, "
                    + "or another network or LPIPS file");
    }

    /// <summary>
    /// Reads what was found. The reference draws the dlatents' noise for it, which then has no strength: the draw is passed over, so that
    /// the model that <see cref="PeekImages"/> compiled serves both.
    /// </summary>
    private NDArray Read(Tensor tensor)
    {
        NDArray value = Peek(tensor);
        SeekDraw(_draws + 1);
        return value;
    }

    private NDArray Peek(Tensor tensor) =>
        _session.Run(tensor, new FeedDict { [_graph.NoiseIn] = NDArray.Scalar(0f), [_graph.DlatentsNoise] = Statistics.Average });

    private void SeekDraw(long draw)
    {
        _draws = draw;
        _session.SeekRandom(_graph.DlatentsNoise, draw);
    }
}
