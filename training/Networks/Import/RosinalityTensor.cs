namespace Training.Networks.Import;

/// <summary>
/// A tensor of a network of rosinality's stylegan2-pytorch, and the variable of the reference's network that holds the same numbers.
/// </summary>
/// <param name="Name">The tensor's name in the <c>state_dict()</c>.</param>
/// <param name="Variable">The variable's name, for generators with the component's name before it.</param>
/// <param name="Layout">How the numbers lie in both.</param>
internal sealed record RosinalityTensor(string Name, string Variable, TensorLayout Layout)
{
    /// <summary>The tensors of a generator, without its noise.</summary>
    /// <param name="log2">Base-2 logarithm of the images' side.</param>
    /// <param name="mappingLayers">Layers of the mapping.</param>
    internal static IEnumerable<RosinalityTensor> OfGenerator(int log2, int mappingLayers)
    {
        IEnumerable<RosinalityTensor> mapping =
            Enumerable.Range(0, mappingLayers).SelectMany(i => Dense($"style.{i + 1}", $"G_mapping/Dense{i}"));
        IEnumerable<RosinalityTensor> blocks = Enumerable.Range(0, log2 - 2).SelectMany(Block);
        return
        [
            .. mapping,
            new("input.input", "G_synthesis/4x4/Const/const", TensorLayout.Images),
            .. Layer("conv1", "G_synthesis/4x4/Conv", TensorLayout.StyledConvolution),
            .. ToRgb("to_rgb1", "G_synthesis/4x4/ToRGB"),
            .. blocks,
        ];

        static IEnumerable<RosinalityTensor> Block(int i)
        {
            string scope = $"G_synthesis/{8 << i}x{8 << i}";
            return
            [
                .. Layer($"convs.{2 * i}", $"{scope}/Conv0_up", TensorLayout.EnlargingConvolution),
                .. Layer($"convs.{(2 * i) + 1}", $"{scope}/Conv1", TensorLayout.StyledConvolution),
                .. ToRgb($"to_rgbs.{i}", $"{scope}/ToRGB"),
            ];
        }
    }

    /// <summary>The tensors of a discriminator.</summary>
    /// <param name="log2">Base-2 logarithm of the images' side.</param>
    internal static IEnumerable<RosinalityTensor> OfDiscriminator(int log2)
    {
        return
        [
            new("convs.0.0.weight", $"{1 << log2}x{1 << log2}/FromRGB/weight", TensorLayout.Convolution),
            new("convs.0.1.bias", $"{1 << log2}x{1 << log2}/FromRGB/bias", TensorLayout.Vector),
            .. Enumerable.Range(1, log2 - 2).SelectMany(i => Block($"convs.{i}", $"{1 << (log2 + 1 - i)}x{1 << (log2 + 1 - i)}")),
            new("final_conv.0.weight", "4x4/Conv/weight", TensorLayout.Convolution),
            new("final_conv.1.bias", "4x4/Conv/bias", TensorLayout.Vector),
            .. Dense("final_linear.0", "4x4/Dense0"),
            .. Dense("final_linear.1", "Output"),
        ];

        static IEnumerable<RosinalityTensor> Block(string name, string scope) =>
        [
            new($"{name}.conv1.0.weight", $"{scope}/Conv0/weight", TensorLayout.Convolution),
            new($"{name}.conv1.1.bias", $"{scope}/Conv0/bias", TensorLayout.Vector),
            new($"{name}.conv2.1.weight", $"{scope}/Conv1_down/weight", TensorLayout.Convolution),
            new($"{name}.conv2.2.bias", $"{scope}/Conv1_down/bias", TensorLayout.Vector),
            new($"{name}.skip.1.weight", $"{scope}/Skip/weight", TensorLayout.Convolution),
        ];
    }

    /// <summary>The noise of a generator's layers, which files of before 2020 do not have.</summary>
    /// <param name="log2">Base-2 logarithm of the images' side.</param>
    internal static IEnumerable<RosinalityTensor> OfNoise(int log2) => Enumerable.Range(0, (2 * log2) - 3)
        .Select(i => new RosinalityTensor($"noises.noise_{i}", $"G_synthesis/noise{i}", TensorLayout.Images));

    private static IEnumerable<RosinalityTensor> Dense(string name, string scope) =>
        [new($"{name}.weight", $"{scope}/weight", TensorLayout.Dense), new($"{name}.bias", $"{scope}/bias", TensorLayout.Vector)];

    private static IEnumerable<RosinalityTensor> Layer(string name, string scope, TensorLayout convolution) =>
    [
        .. Styled(name, scope, convolution),
        new($"{name}.noise.weight", $"{scope}/noise_strength", TensorLayout.Scalar),
        new($"{name}.activate.bias", $"{scope}/bias", TensorLayout.Vector),
    ];

    private static IEnumerable<RosinalityTensor> ToRgb(string name, string scope) =>
        [.. Styled(name, scope, TensorLayout.StyledConvolution), new($"{name}.bias", $"{scope}/bias", TensorLayout.ImageBias)];

    private static IEnumerable<RosinalityTensor> Styled(string name, string scope, TensorLayout convolution) =>
    [
        new($"{name}.conv.weight", $"{scope}/weight", convolution),
        new($"{name}.conv.modulation.weight", $"{scope}/mod_weight", TensorLayout.Dense),
        new($"{name}.conv.modulation.bias", $"{scope}/mod_bias", TensorLayout.StyleBias),
    ];
}
