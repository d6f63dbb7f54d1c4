using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>Converts images, a network's first output, to uint8 (<c>tflib.convert_images_to_uint8</c>); others stay as they are.</summary>
/// <param name="Minimum">The value of black.</param>
/// <param name="Maximum">The value of white.</param>
/// <param name="NchwToNhwc">Whether channels go last.</param>
/// <param name="Shrink">Images are box-averaged by this factor.</param>
public sealed record ImageConversion(double Minimum = -1, double Maximum = 1, bool NchwToNhwc = false, int Shrink = 1) : OutputTransform
{
    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return [Apply(outputs[0]), .. outputs.Skip(1)];
    }

    /// <summary>Adds the conversion of some images to the default graph.</summary>
    /// <param name="images">Float32 NCHW.</param>
    /// <returns>uint8, NCHW or NHWC; fractions dropped, values outside the range taking the nearest limit.</returns>
    public Tensor Apply(Tensor images)
    {
        Tensor shrunk = Shrink > 1 ? tf.nn.avg_pool(images, [Shrink, Shrink], [Shrink, Shrink], "VALID", "NCHW") : images;
        Tensor placed = NchwToNhwc ? tf.transpose(shrunk, [0, 2, 3, 1]) : shrunk;
        double scale = 255 / (Maximum - Minimum);
        return tf.saturate_cast((placed * scale) + (0.5 - (Minimum * scale)), tf.uint8);
    }
}
