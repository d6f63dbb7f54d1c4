using Imaging;

namespace DatasetTool.Sources;

/// <summary>A well-known dataset that comes as Python pickles.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Count">How many images it has.</param>
/// <param name="ClassCount">How many classes it has, all of them present.</param>
/// <param name="LoadBatch">Reads one of the files.</param>
internal sealed record PickledSet(string[] Files, int Count, int ClassCount, Func<string, PickledBatch> LoadBatch)
{
    internal static PickledSet Cifar10 { get; } =
        new([.. Numbered("data_batch_{0}", 5)], 50000, 10, path => PickledBatch.LoadDictionary(path, "labels"));

    internal static PickledSet Cifar100 { get; } = new(["train"], 50000, 100, path => PickledBatch.LoadDictionary(path, "fine_labels"));

    internal static PickledSet Svhn { get; } = new([.. Numbered("train_{0}.pkl", 3)], 73257, 10, PickledBatch.LoadPair);

    /// <summary>Reads the dataset.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged, or what is in them is not the dataset.</exception>
    internal LabeledImages Load(string folder)
    {
        PickledBatch[] batches = [.. Files.Select(file => LoadBatch(Path.Combine(folder, file)))];
        int[] classes = [.. batches.SelectMany(b => b.Classes)];
        if (classes.Length != Count)
        {
            throw new InvalidDataException(
                $"{folder}: {string.Join(", ", Files)} hold {classes.Length} images, not {Count}; get the whole dataset");
        }

        ValueRange.Check(batches.Select(b => b.Pixels), folder, "pixels", byte.MaxValue);
        ValueRange.Check([classes], folder, "labels", ClassCount - 1);
        (PickledBatch Batch, int Index)[] places = [.. batches.SelectMany(b => Enumerable.Range(0, b.Classes.Length).Select(i => (b, i)))];
        return new LabeledImages(folder, classes, i => ImageAt(places[i].Batch, places[i].Index));
    }

    private static Picture ImageAt(PickledBatch batch, int index) =>
        Picture.FromPixels(
            batch.Pixels.AsSpan(index * PickledBatch.ImageSize, PickledBatch.ImageSize), 3, PickledBatch.Side, PickledBatch.Side);

    private static IEnumerable<string> Numbered(string pattern, int count) =>
        Enumerable.Range(1, count).Select(i => string.Format(pattern, i));
}
