namespace Dnnlib.TfLib;

/// <summary>Settings of <see cref="Optimizer"/>: Adam's, with TensorFlow's defaults.</summary>
public sealed record OptimizerOptions
{
    /// <summary>Name scope of the optimizer's operations and variables.</summary>
    public string Name { get; init; } = "Train";

    /// <summary>Decay of the gradients' mean.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the squared gradients' mean.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the squared gradients' mean.</summary>
    public double Epsilon { get; init; } = 1e-8;
}
