using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels.Convolutions;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>The transformed weights of a model's 3x3 convolutions; a gradient takes those of its convolution.</summary>
internal sealed class WinogradFilters(ConstantValues constants)
{
    private readonly Dictionary<(string Name, WinogradTiling Tiling), WinogradWeights> _transformed = [];

    /// <summary>The transformed weights of a constant.</summary>
    /// <param name="name">The constant.</param>
    /// <param name="outputs">Its first dimension.</param>
    /// <param name="channels">Its second dimension.</param>
    /// <param name="tiling">How the convolution is divided.</param>
    internal WinogradWeights Of(string name, int outputs, int channels, WinogradTiling tiling)
    {
        if (TurnedOf(name) is { } source)
        {
            return Of(source, channels, outputs, tiling).Turned;
        }

        if (!_transformed.TryGetValue((name, tiling), out WinogradWeights? transformed))
        {
            transformed = constants.Convert(name, floats => SharedWeights.Of(
                floats, outputs, channels, (w, o, c) => new WinogradWeights(tiling, w, o, c), tiling));
            _transformed.Add((name, tiling), transformed);
        }

        return transformed;
    }

    /// <summary>What a constant is made of by turning filters by half a circle and swapping outputs and channels, or null.</summary>
    private string? TurnedOf(string name) =>
        constants.MakerOf(name) is { OpType: "Transpose" } swap
        && swap.Longs("perm") is [1, 0, 2, 3]
        && constants.MakerOf(swap.Input[0]) is { OpType: "Slice", Input: [var source, var starts, _, var axes, var steps] }
        && constants.Integers(starts) is [-1, -1]
        && constants.Integers(axes) is [2, 3]
        && constants.Integers(steps) is [-1, -1]
            ? source
            : null;
}
