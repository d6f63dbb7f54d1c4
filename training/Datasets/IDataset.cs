using NumSharp;
using TensorGraph.Graphs;

namespace Training.Datasets;

/// <summary>Images and labels to train on, in minibatches at any level of detail: what <see cref="Dataset.LoadDataset"/> makes.</summary>
public interface IDataset : IDisposable
{
    /// <summary>Shape of one image at full resolution: channels, height, width.</summary>
    IReadOnlyList<int> Shape { get; }

    /// <summary>The values of black and of white.</summary>
    (double Black, double White) DynamicRange { get; }

    /// <summary>Components of a label; 0 where there are no labels.</summary>
    int LabelSize { get; }

    /// <summary>Chooses the size and level of detail of the minibatches that <see cref="GetMinibatchTf"/> gives from now on.</summary>
    /// <param name="minibatchSize">Images in a minibatch.</param>
    /// <param name="lod">Level of detail, 0 for full resolution; fractions are dropped.</param>
    void Configure(int minibatchSize, double lod = 0);

    /// <summary>The next minibatch as tensors; each run takes one.</summary>
    (Tensor Images, Tensor Labels) GetMinibatchTf();

    /// <summary>The next minibatch as arrays.</summary>
    /// <param name="minibatchSize">Images in a minibatch.</param>
    /// <param name="lod">Level of detail, 0 for full resolution; fractions are dropped.</param>
    (NDArray Images, NDArray Labels) GetMinibatchNp(int minibatchSize, double lod = 0);

    /// <summary>Labels drawn at random as a tensor; each run draws anew.</summary>
    Tensor GetRandomLabelsTf(int minibatchSize);

    /// <summary>Labels drawn at random.</summary>
    NDArray GetRandomLabelsNp(int minibatchSize);
}
