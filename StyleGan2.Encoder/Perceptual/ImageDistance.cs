using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Perceptual;

/// <summary>
/// A distance of images that can be optimised: features of each picture, and a distance of features. A target's features are computed once.
/// </summary>
public abstract class ImageDistance
{
    /// <summary>LPIPS with the weights of a file, or without one <see cref="PyramidDistance"/>.</summary>
    /// <param name="lpipsFile">A file that <see cref="LpipsWeights.Load"/> reads, or null.</param>
    /// <exception cref="InvalidDataException">The file holds no LPIPS weights, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageDistance FromFile(string? lpipsFile) =>
        lpipsFile is null ? new PyramidDistance() : new LpipsDistance(LpipsWeights.Load(lpipsFile), lpipsFile);

    /// <summary>What is measured, in a few words for the user.</summary>
    public abstract string Description { get; }

    /// <summary>The smallest height and width that can be measured.</summary>
    public abstract int MinimumSize { get; }

    /// <summary>Adds the features of images to the default graph.</summary>
    /// <param name="images">Float32 NCHW in [0, 255], of known size.</param>
    public abstract IReadOnlyList<Tensor> Features(Tensor images);

    /// <summary>Adds the distance of two batches' features to the default graph.</summary>
    /// <returns>Float32 [N].</returns>
    public abstract Tensor Between(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> others);

    /// <summary>Adds the distance of two batches of images to the default graph.</summary>
    /// <param name="images">Float32 NCHW in [0, 255].</param>
    /// <param name="others">As many, of the same size.</param>
    /// <returns>Float32 [N].</returns>
    public Tensor Distance(Tensor images, Tensor others) => Between(Features(images), Features(others));
}
