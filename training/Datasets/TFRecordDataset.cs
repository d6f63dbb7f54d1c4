using Dnnlib;
using NumSharp;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Records;
using TensorGraph.Runtime;
using static TensorGraph.Binding;
using Elements = TensorGraph.Data.Dataset;

namespace Training.Datasets;

/// <summary>
/// Images and labels from a folder of TFRecord files, one for each level of detail (<c>training.dataset.TFRecordDataset</c>).
/// </summary>
/// <remarks>It belongs to a session, to whose graph it adds its pipelines. One iterator serves all levels of detail.</remarks>
[PythonName("training.dataset.TFRecordDataset")]
public sealed class TFRecordDataset : IDataset
{
    private readonly Session _session;
    private readonly NDArray _labels;
    private readonly Variable _labelsVariable;
    private readonly Tensor _minibatchIn;
    private readonly Iterator _iterator;
    private readonly Dictionary<int, Operation> _initializers = [];
    private (Tensor Images, Tensor Labels)? _minibatch;
    private (int Size, int Lod)? _configured;
    private bool _isDisposed;

    /// <summary>Opens a folder; its images are read once asked for.</summary>
    /// <param name="session">The session that the dataset belongs to.</param>
    /// <param name="options">The folder, and how it is read.</param>
    /// <exception cref="IOException">The folder or a file in it cannot be read, or is damaged.</exception>
    /// <exception cref="InvalidDataException">The folder does not hold a whole pyramid of images, or its labels are no array of
    /// numbers.</exception>
    public TFRecordDataset(Session session, TFRecordDatasetOptions options)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(options);
        _session = session;
        TFRecordFolder folder = TFRecordFolder.Open(options.TfrecordDir);
        TFRecordPyramid pyramid = TFRecordPyramid.Of(folder, options.Resolution);
        Shape = [pyramid.Shape.Channels, pyramid.Shape.Height, pyramid.Shape.Width];
        _labels = TFRecordLabels.Load(folder, options);
        using IDisposable graph = session.Graph.AsDefault();
        using NameScope scope = tf.name_scope("Dataset");
        using IDisposable device = tf.device("/cpu:0");
        _minibatchIn = tf.placeholder(tf.int64, [], "minibatch_in");
        _labelsVariable = LabelsVariable();
        Elements labels = tf.data.Dataset.from_tensor_slices(_labelsVariable);
        Dictionary<int, Elements> datasets =
            pyramid.Levels.ToDictionary(l => l.Key, l => Pipeline(l.Value.Files, l.Value.Shape, labels, options));
        _iterator = tf.data.Iterator.from_structure(
            datasets[0].OutputTypes, [[-1, pyramid.Shape.Channels, -1, -1], datasets[0].OutputShapes[1]]);
        foreach ((int lod, Elements dataset) in datasets)
        {
            _initializers.Add(lod, _iterator.MakeInitializer(dataset));
        }
    }

    /// <summary>Opens a folder with settings as Python passes them.</summary>
    /// <inheritdoc cref="TFRecordDataset(Session, TFRecordDatasetOptions)"/>
    public TFRecordDataset(Session session, EasyDict kwargs)
        : this(session, TFRecordDatasetOptions.FromKwargs(kwargs))
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    public (double Black, double White) DynamicRange => (0, 255);

    /// <inheritdoc/>
    public int LabelSize => (int)_labels.shape[1];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The dataset has no such level of detail, or the size is below 1.</exception>
    public void Configure(int minibatchSize, double lod = 0)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        int level = (int)Math.Floor(lod);
        ArgumentOutOfRangeException.ThrowIfLessThan(minibatchSize, 1);
        if (!_initializers.TryGetValue(level, out Operation? initializer))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lod), lod, $"the dataset has the levels of detail {string.Join(", ", _initializers.Keys.Order())}");
        }

        if (_configured != (minibatchSize, level))
        {
            _session.Run(initializer, new FeedDict { [_minibatchIn] = NDArray.Scalar((long)minibatchSize) });
            _configured = (minibatchSize, level);
        }
    }

    /// <inheritdoc/>
    /// <returns>Images, uint8 [N, channels, height, width], and labels [N, components].</returns>
    public (Tensor Images, Tensor Labels) GetMinibatchTf()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        IReadOnlyList<Tensor> next = _iterator.GetNext();
        return (next[0], next[1]);
    }

    /// <inheritdoc/>
    /// <exception cref="OutOfRangeException">The dataset does not repeat and has ended.</exception>
    public (NDArray Images, NDArray Labels) GetMinibatchNp(int minibatchSize, double lod = 0)
    {
        Configure(minibatchSize, lod);
        if (_minibatch is not { } minibatch)
        {
            using IDisposable graph = _session.Graph.AsDefault();
            using NameScope scope = tf.name_scope("Dataset");
            _minibatch = minibatch = GetMinibatchTf();
        }

        NDArray[] values = _session.Run([minibatch.Images, minibatch.Labels]);
        return (values[0], values[1]);
    }

    /// <inheritdoc/>
    public Tensor GetRandomLabelsTf(int minibatchSize)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using IDisposable graph = _session.Graph.AsDefault();
        using NameScope scope = tf.name_scope("Dataset");
        if (LabelSize == 0)
        {
            return tf.zeros([minibatchSize, 0], _labelsVariable.DType);
        }

        using IDisposable device = tf.device("/cpu:0");
        return tf.gather(_labelsVariable, tf.random_uniform([minibatchSize], 0, _labels.shape[0], tf.int32));
    }

    /// <inheritdoc/>
    /// <remarks>Rows are drawn from <see cref="RandomState.Global"/>.</remarks>
    public NDArray GetRandomLabelsNp(int minibatchSize)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return LabelSize > 0
            ? _labels[RandomState.Global.Randint(_labels.shape[0], minibatchSize)].Contiguous()
            : np.zeros(new Shape(minibatchSize, 0), _labels.dtype);
    }

    /// <summary>Stops reading in the background and closes the files.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _iterator.Dispose();
    }

    private Variable LabelsVariable()
    {
        Tensor zeros = tf.zeros([.. _labels.shape.Select(d => (int)d)], DataTypes.Of(_labels.dtype));
        Variable variable = tf.Variable(zeros, trainable: false, "labels_var");
        _session.Load(variable, _labels);
        return variable;
    }

    private Elements Pipeline(IReadOnlyList<string> files, ImageShape shape, Elements labels, TFRecordDatasetOptions options)
    {
        Elements records = Elements.TFRecord(files, compression: null).Take(options.MaxImages ?? -1);
        Elements dataset = tf.data.Dataset.zip(records.ParseImages(shape), labels);
        dataset = options.ShuffleMb > 0 ? dataset.shuffle(Items(options.ShuffleMb, shape)) : dataset;
        dataset = options.Repeat ? dataset.Repeat() : dataset;
        dataset = options.PrefetchMb > 0 ? dataset.Prefetch(Items(options.PrefetchMb, shape)) : dataset;
        return dataset.Batch(_minibatchIn, options.NumThreads);
    }

    /// <summary>How many images fill some megabytes.</summary>
    private static long Items(int megabytes, ImageShape shape) => ((((long)megabytes << 20) - 1) / shape.Size) + 1;
}
