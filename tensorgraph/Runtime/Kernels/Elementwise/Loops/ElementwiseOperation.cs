namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What a fused kernel can do to feature maps.</summary>
internal enum ElementwiseOperation
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>-a.</summary>
    Negate,

    /// <summary>The square root of a.</summary>
    SquareRoot,

    /// <summary>1 / a.</summary>
    Reciprocal,

    /// <summary>max(a, 0).</summary>
    Relu,

    /// <summary>max(a, alpha * a), with alpha from 0 to 1.</summary>
    LeakyRelu,

    /// <summary>a limited to the range from alpha to beta.</summary>
    Clip,

    /// <summary>alpha * a + beta, limited to the range from 0 to 1.</summary>
    HardSigmoid,

    /// <summary>The sum over channels, a plane of [1, N, H, W].</summary>
    SumOverChannels,

    /// <summary>The sum over each row's pixels, [1, C, H, 1].</summary>
    SumOverRows,

    /// <summary>The sum over each channel's pixels, [1, C, 1, 1].</summary>
    SumOverPixels,
}
