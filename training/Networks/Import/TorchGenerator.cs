using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;

namespace Training.Networks.Import;

/// <summary>
/// Makes a <c>G_main</c> of stylegan2-ada-pytorch's <c>Generator</c>: StyleGAN2's, or StyleGAN2-ADA's where it has labels or no noise,
/// which StyleGAN2's cannot be told.
/// </summary>
internal static class TorchGenerator
{
    /// <summary>The network's state under the names and in the layouts of TensorFlow.</summary>
    /// <param name="generator">The module.</param>
    /// <param name="name">The network's name, such as <c>Gs</c>.</param>
    /// <exception cref="FormatException">It is not StyleGAN2's generator.</exception>
    internal static NetworkState Read(TorchModule generator, string name)
    {
        TorchModule mapping = generator.Child("mapping"), synthesis = generator.Child("synthesis");
        EasyDict kwargs = Settings(generator, mapping, synthesis);
        EasyDict mappingKwargs = new(kwargs) { ["dlatent_broadcast"] = (long)generator.Int("num_ws") };
        bool isAda = kwargs["label_size"] is not 0L || kwargs.ContainsKey("use_noise");
        TorchVariables variables = new();
        if (!isAda)
        {
            variables.Add("lod", NDArray.Scalar(0f));
        }

        variables.Add("dlatent_avg", mapping.Tensor("w_avg", 1));
        return State(name, "G_main", kwargs, variables) with
        {
            Components = new OrderedDictionary<string, NetworkState>
            {
                ["synthesis"] = State("G_synthesis", isAda ? "G_synthesis" : "G_synthesis_stylegan2", kwargs, Synthesis(synthesis)),
                ["mapping"] = State("G_mapping", "G_mapping", mappingKwargs, Mapping(mapping)),
            },
        };

        NetworkState State(string network, string function, EasyDict settings, TorchVariables values) =>
            TorchNetworks.State(isAda, network, function, settings, values.All);
    }

    private static EasyDict Settings(TorchModule generator, TorchModule mapping, TorchModule synthesis)
    {
        TorchModule first = mapping.Child("fc0"), block = synthesis.Child("b4"), layer = block.Child("conv1");
        EasyDict kwargs = new()
        {
            ["num_channels"] = (long)generator.Int("img_channels"),
            ["resolution"] = (long)generator.Int("img_resolution"),
            ["latent_size"] = (long)generator.Int("z_dim"),
            ["label_size"] = (long)generator.Int("c_dim"),
            ["dlatent_size"] = (long)generator.Int("w_dim"),
            ["dlatent_avg_beta"] = mapping.Number("w_avg_beta"),
            ["mapping_layers"] = (long)mapping.Int("num_layers"),
            ["mapping_fmaps"] = first.Tensor("weight", 2).shape[0],
            ["mapping_lrmul"] = first.Number("bias_gain"),
            ["mapping_nonlinearity"] = first.Text("activation"),
            ["fmap_base"] = (long)(synthesis.Argument("channel_base", 32768) / 2),
            ["fmap_max"] = (long)synthesis.Argument("channel_max", 512),
            ["architecture"] = block.Text("architecture"),
            ["nonlinearity"] = layer.Text("activation"),
            ["resample_kernel"] = TorchResampling.Kernel(block.Tensor("resample_filter", 2)),
            ["conv_clamp"] = layer.Number("conv_clamp"),
        };
        if (!layer.HasTensor("noise_const"))
        {
            kwargs["use_noise"] = false;
        }

        if (generator.Int("c_dim") > 0)
        {
            kwargs["label_fmaps"] = mapping.Child("embed").Tensor("weight", 2).shape[0];
        }

        return kwargs;
    }

    private static TorchVariables Mapping(TorchModule mapping)
    {
        TorchVariables variables = new();
        if (mapping.Int("c_dim") > 0)
        {
            variables.AddDense("LabelEmbed", mapping.Child("embed"));
        }

        for (int i = 0; i < mapping.Int("num_layers"); i++)
        {
            variables.AddDense($"Dense{i}", mapping.Child($"fc{i}"));
        }

        return variables;
    }

    private static TorchVariables Synthesis(TorchModule synthesis)
    {
        TorchVariables variables = new();
        TorchModule first = synthesis.Child("b4");
        NDArray constant = first.Tensor("const", 3);
        variables.Add("4x4/Const/const", constant.reshape(new Shape([1, .. constant.shape])));
        AddLayer(variables, "4x4/Conv", first.Child("conv1"), 0);
        AddToRgb(variables, "4x4", first);
        for (int log2 = 3; log2 <= int.Log2(synthesis.Int("img_resolution")); log2++)
        {
            string scope = $"{1 << log2}x{1 << log2}";
            TorchModule block = synthesis.Child($"b{1 << log2}");
            AddLayer(variables, $"{scope}/Conv0_up", block.Child("conv0"), (2 * log2) - 5, isUp: true);
            AddLayer(variables, $"{scope}/Conv1", block.Child("conv1"), (2 * log2) - 4);
            AddToRgb(variables, scope, block);
            if (block.HasChild("skip"))
            {
                variables.AddConvolution($"{scope}/Skip", block.Child("skip"), isFlipped: true);
            }
        }

        return variables;
    }

    private static void AddLayer(TorchVariables variables, string scope, TorchModule layer, int index, bool isUp = false)
    {
        variables.AddModulated(scope, layer, isFlipped: isUp);
        variables.AddBias(scope, layer);

        if (layer.HasTensor("noise_const"))
        {
            NDArray noise = layer.Tensor("noise_const", 2);
            variables.Add($"{scope}/noise_strength", layer.Tensor("noise_strength", 0));
            variables.Add($"noise{index}", noise.reshape(new Shape([1, 1, .. noise.shape])));
        }
    }

    private static void AddToRgb(TorchVariables variables, string scope, TorchModule block)
    {
        if (block.HasChild("torgb"))
        {
            TorchModule layer = block.Child("torgb");
            variables.AddModulated($"{scope}/ToRGB", layer);
            variables.AddBias($"{scope}/ToRGB", layer);
        }
    }
}
