using System.Runtime.ExceptionServices;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Perceptual;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// A network with places for pictures whose steps are taken together, one run of the graph for all. Each place has dlatents, noise maps,
/// Adam's state and random streams of its own, and nothing of one picture reaches another.
/// </summary>
/// <remarks>A place in use is that of one thread; a step waits until all places in use are ready for it.</remarks>
internal sealed class ProjectionBatch
{
    private readonly Session _session;
    private readonly object _gate = new();
    private readonly PlaceFeeds[] _feeds;
    private int _used, _ready;
    private long _round;
    private float[] _distances = [], _losses = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes the statistics of a network's W and builds the graph.</summary>
    /// <param name="network">The generator.</param>
    /// <param name="distance">What is minimised.</param>
    /// <param name="options">Settings.</param>
    /// <param name="label">The label of a network with labels, [1, size]; null for zeros.</param>
    /// <param name="places">How many pictures have room.</param>
    internal ProjectionBatch(Network network, ImageDistance distance, ProjectorOptions options, NDArray? label, int places)
    {
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        (_session, Options) = (network.Session, options);
        using IDisposable graph = _session.Graph.AsDefault();
        Statistics = DlatentStatistics.Of(network, options.DlatentAvgSamples, label);
        Graph = new ProjectionGraph(network, Statistics.Average, distance, options, places);
        _feeds = new PlaceFeeds[places];
        _session.Run([.. Graph.Variables.Select(v => (Fetch)v.Initializer)]);
    }

    private ProjectionBatch(ProjectionBatch other, Session session)
    {
        (_session, Options, Statistics, Graph) = (session, other.Options, other.Statistics, other.Graph);
        _feeds = new PlaceFeeds[other._feeds.Length];
    }

    /// <summary>Settings.</summary>
    internal ProjectorOptions Options { get; }

    /// <summary>Mean and spread of W.</summary>
    internal DlatentStatistics Statistics { get; }

    /// <summary>The tensors and operations.</summary>
    internal ProjectionGraph Graph { get; }

    /// <summary>How many pictures have room.</summary>
    internal int Places => _feeds.Length;

    /// <summary>Batches that work at the same time: this one, and others that are good until its session is disposed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many threads they have together.</param>
    internal IEnumerable<ProjectionBatch> Fork(int count, int threads) =>
        [this, .. _session.Fork(count - 1, threads).Select(s => new ProjectionBatch(this, s))];

    /// <summary>Puts a picture in a place: fresh noise maps, a fresh optimizer.</summary>
    /// <param name="place">The place.</param>
    /// <param name="target">Float32 [1, channels, height, width].</param>
    /// <param name="dlatents">Float32 [1, layers, size].</param>
    /// <param name="draw">Which draw of the noise maps it gets, from 0.</param>
    internal void Start(int place, NDArray target, NDArray dlatents, long draw)
    {
        lock (_gate)
        {
            foreach (Variable noise in Graph.Noises)
            {
                _session.SeekRandom(noise.InitialValue, OfPlaces(p => p == place ? draw : 0L));
            }

            _session.Run(Graph.Start, new FeedDict
            {
                [Graph.StartedIn] = OfPlaces(p => p == place).ToNDArray(Places),
                [Graph.NewDlatents] = dlatents,
                [Graph.TargetIn] = target,
            });
        }
    }

    /// <summary>Takes a place into use until what is returned is disposed: steps wait for it.</summary>
    internal IDisposable Use()
    {
        lock (_gate)
        {
            _used++;
        }

        return new Leaving(Leave);
    }

    /// <summary>Takes a step in a place in use, together with all others in use.</summary>
    /// <param name="place">The place.</param>
    /// <param name="feeds">What its step depends on.</param>
    /// <param name="given">Values of tensors, such as recorded random numbers, where there is one place.</param>
    /// <returns>The distance and the loss before the step.</returns>
    internal (float Distance, float Loss) Step(int place, PlaceFeeds feeds, FeedDict given)
    {
        lock (_gate)
        {
            long round = _round;
            _feeds[place] = feeds;
            _ready++;
            StepWhenAllAreReady(given);
            while (round == _round)
            {
                Monitor.Wait(_gate);
            }

            _failure?.Throw();
            return (_distances[place], _losses[place]);
        }
    }

    /// <summary>The picture of a place, with no noise added to its dlatents, [1, channels, height, width].</summary>
    internal NDArray Picture(int place)
    {
        lock (_gate)
        {
            FeedDict feeds = WithoutNoise();
            feeds.Add(Graph.PlaceIn, new[] { (long)place }.ToNDArray(1));
            return _session.Run(Graph.Picture, feeds);
        }
    }

    /// <summary>The dlatents of a place, with no noise added, [1, layers, size].</summary>
    internal NDArray Dlatents(int place)
    {
        lock (_gate)
        {
            return Sample(_session.Run(Graph.Dlatents, WithoutNoise()), place);
        }
    }

    /// <summary>A variable's value in a place, as it is where there is one place; of one number a place, that number.</summary>
    internal NDArray Value(Variable variable, int place)
    {
        lock (_gate)
        {
            NDArray sample = Sample(_session.Value(variable), place);
            return variable.Shape.Rank == 1 ? NDArray.Scalar(sample.GetAtIndex<float>(0)) : sample;
        }
    }

    /// <summary>Gives a variable a value in a place, of the shape that <see cref="Value"/> has.</summary>
    /// <exception cref="ArgumentException">The value has another shape.</exception>
    internal void Load(Variable variable, int place, NDArray value)
    {
        long[] shape = variable.Shape.Rank == 1 ? [] : [1, .. variable.Shape.Skip(1).Select(d => (long)d)];
        if (!value.shape.SequenceEqual(shape))
        {
            throw new ArgumentException(
                $"{variable.Name} has shape [{string.Join(", ", shape)}], not [{string.Join(", ", value.shape)}]", nameof(value));
        }

        lock (_gate)
        {
            NDArray all = _session.Value(variable);
            int size = (int)(all.size / Places);
            value.ContiguousAs(typeof(float)).AsSpan<float>().CopyTo(all.AsSpan<float>()[(place * size)..]);
            _session.Load(variable, all);
        }
    }

    private static NDArray Sample(NDArray values, int place) =>
        values.shape[0] == 1 ? values : values[$"{place}:{place + 1}"].Contiguous();

    private void Leave()
    {
        lock (_gate)
        {
            _used--;
            StepWhenAllAreReady([]);
        }
    }

    private void StepWhenAllAreReady(FeedDict given)
    {
        if (_ready == 0 || _ready < _used)
        {
            return;
        }

        try
        {
            StepTogether(given);
            _failure = null;
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }

        _ready = 0;
        _round++;
        Monitor.PulseAll(_gate);
    }

    private void StepTogether(FeedDict given)
    {
        FeedDict feeds = new()
        {
            [Graph.NoiseIn] = OfPlaces(p => _feeds[p].NoiseStrength).ToNDArray(Places),
            [Graph.LearningRateIn] = OfPlaces(p => _feeds[p].LearningRate).ToNDArray(Places),
        };
        foreach ((Tensor tensor, NDArray value) in given)
        {
            feeds.Add(tensor, value);
        }

        _session.SeekRandom(Graph.DlatentsNoise, OfPlaces(p => _feeds[p].Draw));
        NDArray[] values = _session.Run([Graph.Step, Graph.Distance, Graph.Losses], feeds);
        (_distances, _losses) = (values[1].Values<float>(), values[2].Values<float>());
    }

    private FeedDict WithoutNoise() => new()
    {
        [Graph.NoiseIn] = OfPlaces(_ => 0f).ToNDArray(Places),
        [Graph.DlatentsNoise] = np.zeros(new Shape([.. Graph.DlatentsNoise.Shape.Select(d => (long)d)]), typeof(float)),
    };

    private T[] OfPlaces<T>(Func<int, T> value) => [.. Enumerable.Range(0, Places).Select(value)];
}
