using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>
/// How a network that grew while it was trained joins its levels of detail, of which level n is 2^n times smaller than the full resolution.
/// </summary>
/// <remarks>
/// <c>fixed</c> knows only the full resolution. <c>linear</c> computes every level and blends them. <c>recursive</c> gives the same values
/// and computes only the
/// levels that the variable <c>lod</c> asks for.
/// </remarks>
/// <param name="structure">One of the three.</param>
/// <param name="lod">The level of detail, float32 scalar; between two levels they are blended.</param>
/// <param name="resolutionLog2">Base-2 logarithm of the full resolution.</param>
internal sealed class ProgressiveGrowing(string structure, Tensor lod, int resolutionLog2)
{
    internal const string Fixed = "fixed";
    internal const string Linear = "linear";
    internal const string Recursive = "recursive";

    /// <summary>
    /// The structure that a network's settings ask for; where they leave it to the network, <c>linear</c> for a graph to be looked at, else
    /// <c>recursive</c>.
    /// </summary>
    internal static string StructureOf(EasyDict kwargs)
    {
        string structure = Settings.Structure.Of(kwargs, "auto");
        return structure != "auto" ? structure : Settings.CleanGraph(kwargs) ? Linear : Recursive;
    }

    /// <summary>Images of full resolution from features of 4x4 pixels.</summary>
    /// <param name="x">Features [N, C, 4, 4].</param>
    /// <param name="block">Makes features twice as large; also given the logarithm of their new side.</param>
    /// <param name="toRgb">Makes images of features; also given the logarithm of their side.</param>
    internal Tensor Synthesize(Tensor x, Func<Tensor, int, Tensor> block, Func<Tensor, int, Tensor> toRgb)
    {
        if (structure == Recursive)
        {
            return Grow(x, 3);
        }

        Tensor images = structure == Linear ? toRgb(x, 2) : x;
        for (int res = 3; res <= resolutionLog2; res++)
        {
            x = block(x, res);
            images = structure == Linear ? Blend(toRgb(x, res), images, res) : x;
        }

        return structure == Linear ? images : toRgb(x, resolutionLog2);

        Tensor Grow(Tensor features, int res)
        {
            int level = Level(res);
            Tensor y = block(features, res);
            Tensor Plain() => Enlarge(toRgb(y, res), level);
            Tensor Blended() => Enlarge(Interpolation.Lerp(toRgb(y, res), Enlarge(toRgb(features, res - 1), 1), lod - level), level);
            Tensor Here() => tf.cond(Above(level), Blended, Plain);
            return level > 0 ? tf.cond(Below(level), () => Grow(y, res + 1), Here) : Here();
        }
    }

    /// <summary>Features of images, as far as a side.</summary>
    /// <param name="images">Images of full resolution.</param>
    /// <param name="last">Logarithm of the side that the last block is given.</param>
    /// <param name="fromRgb">Makes features of images; also given the logarithm of their side.</param>
    /// <param name="block">
    /// Makes features half as large; also given the logarithm of their old side. For a side of 4 it is the end of the network.
    /// </param>
    internal Tensor Analyze(Tensor images, int last, Func<Tensor, int, Tensor> fromRgb, Func<Tensor, int, Tensor> block)
    {
        if (structure == Recursive)
        {
            return Shrink(last);
        }

        Tensor x = fromRgb(images, resolutionLog2);
        Tensor smaller = images;
        for (int res = resolutionLog2; res >= last; res--)
        {
            x = block(x, res);
            if (structure == Linear && res > 2)
            {
                smaller = Reduce(smaller, res);
                x = Faded(x, fromRgb(smaller, res - 1), res);
            }
        }

        return x;

        Tensor Shrink(int res)
        {
            int level = Level(res);
            Tensor Direct() => fromRgb(Reduced(images, level), res);
            Tensor x = block(level > 0 ? tf.cond(Below(level), () => Shrink(res + 1), Direct) : Direct(), res);
            Tensor Blended() => Interpolation.Lerp(x, fromRgb(Reduced(images, level + 1), res - 1), lod - level);
            return res > 2 ? tf.cond(Above(level), Blended, () => x) : x;
        }
    }

    private int Level(int res) => resolutionLog2 - res;

    private Tensor Above(int level) => tf.greater(lod, tf.constant((float)level));

    private Tensor Below(int level) => tf.less(lod, tf.constant((float)level));

    private Tensor Blend(Tensor images, Tensor smaller, int res)
    {
        Tensor enlarged;
        using (tf.name_scope($"Upsample_lod{Level(res)}"))
        {
            enlarged = Enlarge(smaller, 1);
        }

        return Faded(images, enlarged, res);
    }

    private Tensor Faded(Tensor x, Tensor other, int res)
    {
        using NameScope scope = tf.name_scope($"Grow_lod{Level(res)}");
        return Interpolation.LerpClip(x, other, lod - Level(res));
    }

    private Tensor Reduce(Tensor images, int res)
    {
        using NameScope scope = tf.name_scope($"Downsample_lod{Level(res)}");
        return Reduced(images, 1);
    }

    private static Tensor Enlarge(Tensor images, int levels) => levels == 0 ? images : Pools.UpsampleNearest(images, 1 << levels);

    private static Tensor Reduced(Tensor images, int levels) => levels == 0 ? images : Pools.Average(images, 1 << levels);
}
