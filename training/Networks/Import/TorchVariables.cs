using NumSharp;
using TensorGraph.Numpy;

namespace Training.Networks.Import;

/// <summary>
/// Collects the variables of a TensorFlow network from the tensors of PyTorch's: named and laid out as TensorFlow has them.
/// </summary>
internal sealed class TorchVariables
{
    private readonly List<(string Name, NDArray Value)> _all = [];

    /// <summary>The variables, in order.</summary>
    internal IReadOnlyList<(string Name, NDArray Value)> All => _all;

    /// <summary>Adds a variable.</summary>
    internal void Add(string name, NDArray value) => _all.Add((name, value.Contiguous()));

    /// <summary>Adds weight and, where the layer has one, bias of a fully connected layer; PyTorch's weights are [out, in].</summary>
    internal void AddDense(string scope, TorchModule layer)
    {
        Add($"{scope}/weight", layer.Tensor("weight", 2).transpose());
        AddBias(scope, layer);
    }

    /// <summary>Adds weight and, where the layer has one, bias of a convolution; PyTorch's weights are [out, in, height, width].</summary>
    /// <param name="scope">The variable scope.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="isFlipped">Whether height and width run the other way, as in convolutions that enlarge.</param>
    internal void AddConvolution(string scope, TorchModule layer, bool isFlipped = false)
    {
        Add($"{scope}/weight", Filter(layer, isFlipped));
        AddBias(scope, layer);
    }

    /// <summary>Adds what makes up a modulated convolution, but for its bias.</summary>
    /// <inheritdoc cref="AddConvolution"/>
    internal void AddModulated(string scope, TorchModule layer, bool isFlipped = false)
    {
        TorchModule affine = layer.Child("affine");
        Add($"{scope}/weight", Filter(layer, isFlipped));
        Add($"{scope}/mod_weight", affine.Tensor("weight", 2).transpose());
        Add($"{scope}/mod_bias", affine.Tensor("bias", 1) - 1f);
    }

    /// <summary>Adds a bias where the layer has one.</summary>
    internal void AddBias(string scope, TorchModule layer)
    {
        if (layer.HasTensor("bias"))
        {
            Add($"{scope}/bias", layer.Tensor("bias", 1));
        }
    }

    private static NDArray Filter(TorchModule layer, bool isFlipped)
    {
        NDArray filter = layer.Tensor("weight", 4).transpose([2, 3, 1, 0]);
        return isFlipped ? filter["::-1, ::-1"] : filter;
    }
}
