using NumSharp;

namespace Training.Networks.Import;

/// <summary>How the same numbers lie in a tensor of rosinality's StyleGAN2 and in a variable of the reference's.</summary>
/// <param name="Rank">The tensor's dimensions.</param>
/// <param name="ToVariable">Makes the variable of the tensor.</param>
/// <param name="ToTensor">Makes the tensor of the variable.</param>
internal sealed record TensorLayout(int Rank, Func<NDArray, NDArray> ToVariable, Func<NDArray, NDArray> ToTensor)
{
    /// <summary>A vector.</summary>
    internal static readonly TensorLayout Vector = new(1, t => t, v => v);

    /// <summary>Images or features, [N, C, H, W].</summary>
    internal static readonly TensorLayout Images = new(4, t => t, v => v);

    /// <summary>A number, [1] there and [] here.</summary>
    internal static readonly TensorLayout Scalar = new(1, t => t.reshape(new Shape()), v => v.reshape(new Shape(1)));

    /// <summary>The bias of a style, which is stored plus one.</summary>
    internal static readonly TensorLayout StyleBias = new(1, t => t - 1f, v => v + 1f);

    /// <summary>The bias of images, [1, C, 1, 1] there.</summary>
    internal static readonly TensorLayout ImageBias = new(4, t => t.reshape(new Shape(t.size)), v => v.reshape(new Shape(1, v.size, 1, 1)));

    /// <summary>The weight of a fully connected layer, [out, in] there.</summary>
    internal static readonly TensorLayout Dense = new(2, t => t.transpose(), v => v.transpose());

    /// <summary>The weight of a convolution, [out, in, height, width] there and [height, width, in, out] here.</summary>
    internal static readonly TensorLayout Convolution = new(4, t => t.transpose([2, 3, 1, 0]), v => v.transpose([3, 2, 0, 1]));

    /// <summary>The weight of a convolution that a style scales, with an axis of 1 before.</summary>
    internal static readonly TensorLayout StyledConvolution =
        new(5, t => Convolution.ToVariable(WithoutAxis(t)), v => WithAxis(Convolution.ToTensor(v)));

    /// <summary>The same of a convolution that enlarges, turned round.</summary>
    internal static readonly TensorLayout EnlargingConvolution = new(
        5, t => StyledConvolution.ToVariable(t)["::-1, ::-1"], v => StyledConvolution.ToTensor(v["::-1, ::-1"]));

    private static NDArray WithoutAxis(NDArray tensor) => tensor.reshape(new Shape(tensor.shape[1..]));

    private static NDArray WithAxis(NDArray tensor) => tensor.reshape(new Shape([1, .. tensor.shape]));
}
