using Dnnlib;
using TensorGraph.Runtime;

namespace Training.Datasets;

/// <summary>Makes datasets by the names of their classes (<c>training.dataset</c>).</summary>
public static class Dataset
{
    private const string DefaultClass = "training.dataset.TFRecordDataset";

    /// <summary>Makes a dataset (<c>load_dataset</c>).</summary>
    /// <param name="session">The session that the dataset belongs to.</param>
    /// <param name="className">Python or .NET name of its class; may be left out where <paramref name="kwargs"/> has a
    /// <c>tfrecord_dir</c>.</param>
    /// <param name="dataDir">Folder that a <c>tfrecord_dir</c> is relative to.</param>
    /// <param name="verbose">Takes lines that describe the dataset.</param>
    /// <param name="kwargs">Settings of the class.</param>
    /// <exception cref="ArgumentException">No class is named, or it is not one of a dataset.</exception>
    [PythonName("training.dataset.load_dataset")]
    public static IDataset LoadDataset(
        Session session, string? className = null, string? dataDir = null, TextWriter? verbose = null, EasyDict? kwargs = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        EasyDict settings = new(kwargs ?? []);
        if (settings.TryGetValue("tfrecord_dir", out object? folder))
        {
            className ??= DefaultClass;
            settings["tfrecord_dir"] = dataDir is null || folder is not string name ? folder : Path.Combine(dataDir, name);
        }

        string known = className ?? throw new ArgumentException("a dataset needs a class_name or a tfrecord_dir", nameof(className));
        verbose?.WriteLine($"Streaming data using {known}...");
        IDataset dataset = Util.ConstructClassByName(known, session, settings) as IDataset
            ?? throw new ArgumentException($"{known} is not a class of datasets", nameof(className));
        verbose?.WriteLine($"Dataset shape = [{string.Join(", ", dataset.Shape)}]");
        verbose?.WriteLine($"Dynamic range = [{dataset.DynamicRange.Black}, {dataset.DynamicRange.White}]");
        verbose?.WriteLine($"Label size    = {dataset.LabelSize}");
        return dataset;
    }
}
