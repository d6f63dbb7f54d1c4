using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Blocks of pixels made one, and pixels made blocks; images are NCHW.</summary>
internal static class Pools
{
    /// <summary>The mean of each block of size x size pixels; blocks do not overlap.</summary>
    internal static Tensor Average(Tensor x, int size) => Pool("AveragePool", x, size, size);

    /// <summary>
    /// ONNX's MaxPool or AveragePool over blocks that do not overlap; what is left of a block at the lower and right edges is dropped.
    /// </summary>
    internal static Tensor Pool(string type, Tensor x, int height, int width, string? name = null)
    {
        if (x.Shape.Rank != 4)
        {
            throw new ArgumentException($"{type}: {x} are not images [N, C, H, W]");
        }

        TensorShape shape = [x.Shape[0], x.Shape[1], x.Shape[2] < 0 ? -1 : x.Shape[2] / height, x.Shape[3] < 0 ? -1 : x.Shape[3] / width];
        long[] block = [height, width];
        return Emit.Node(type, [x], x.DType, shape, name, new() { ["kernel_shape"] = block, ["strides"] = block });
    }

    /// <summary>Repeats each pixel factor x factor times.</summary>
    internal static Tensor UpsampleNearest(Tensor x, int factor)
    {
        TensorShape shape = [x.Shape[0], x.Shape[1], x.Shape[2] < 0 ? -1 : x.Shape[2] * factor, x.Shape[3] < 0 ? -1 : x.Shape[3] * factor];
        Dictionary<string, object> attributes = new()
        {
            ["mode"] = "nearest",
            ["coordinate_transformation_mode"] = "asymmetric",
            ["nearest_mode"] = "floor",
        };
        Tensor scales = Emit.Constant(x.Graph, np.array(new[] { 1f, 1f, factor, factor }));
        Tensor noRegion = Emit.Constant(x.Graph, np.array(Array.Empty<float>()));
        return Emit.Node("Resize", [x, noRegion, scales], x.DType, shape, attributes: attributes);
    }
}
