using Dnnlib;
using Dnnlib.TfLib;

namespace Training.Networks.Import;

/// <summary>
/// Makes a <c>D_stylegan2</c> of stylegan2-ada-pytorch's <c>Discriminator</c>, or StyleGAN2-ADA's <c>D_main</c> where it has labels.
/// </summary>
internal static class TorchDiscriminator
{
    /// <summary>The network's state under the names and in the layouts of TensorFlow.</summary>
    /// <param name="discriminator">The module.</param>
    /// <param name="name">The network's name.</param>
    /// <exception cref="FormatException">It is not StyleGAN2's discriminator.</exception>
    internal static NetworkState Read(TorchModule discriminator, string name)
    {
        TorchVariables variables = new();
        for (int side = discriminator.Int("img_resolution"); side > 4; side /= 2)
        {
            AddBlock(variables, $"{side}x{side}", discriminator.Child($"b{side}"));
        }

        TorchModule last = discriminator.Child("b4");
        AddFromRgb(variables, "4x4", last);
        variables.AddConvolution("4x4/Conv", last.Child("conv"));
        variables.AddDense("4x4/Dense0", last.Child("fc"));
        variables.AddDense("Output", last.Child("out"));
        EasyDict kwargs = Settings(discriminator, last);
        bool hasLabels = discriminator.Int("c_dim") > 0;
        if (hasLabels)
        {
            AddMapping(kwargs, variables, discriminator.Child("mapping"));
        }

        return TorchNetworks.State(hasLabels, name, hasLabels ? "D_main" : "D_stylegan2", kwargs, variables.All);
    }

    private static EasyDict Settings(TorchModule discriminator, TorchModule last)
    {
        TorchModule layer = discriminator.Child($"b{discriminator.Int("img_resolution")}").Child("conv1");
        bool hasStddev = last.HasChild("mbstd");
        return new EasyDict
        {
            ["num_channels"] = (long)discriminator.Int("img_channels"),
            ["resolution"] = (long)discriminator.Int("img_resolution"),
            ["label_size"] = (long)discriminator.Int("c_dim"),
            ["fmap_base"] = (long)(discriminator.Argument("channel_base", 32768) / 2),
            ["fmap_max"] = (long)discriminator.Argument("channel_max", 512),
            ["architecture"] = last.Text("architecture"),
            ["nonlinearity"] = layer.Text("activation"),
            ["mbstd_group_size"] = hasStddev ? (long)(last.Child("mbstd").Number("group_size") ?? int.MaxValue) : 0,
            ["mbstd_num_features"] = hasStddev ? last.Child("mbstd").Int("num_channels") : 0L,
            ["resample_kernel"] = TorchResampling.Kernel(layer.Tensor("resample_filter", 2)),
            ["conv_clamp"] = layer.Number("conv_clamp"),
        };
    }

    private static void AddBlock(TorchVariables variables, string scope, TorchModule block)
    {
        AddFromRgb(variables, scope, block);
        variables.AddConvolution($"{scope}/Conv0", block.Child("conv0"));
        variables.AddConvolution($"{scope}/Conv1_down", block.Child("conv1"));
        if (block.HasChild("skip"))
        {
            variables.AddConvolution($"{scope}/Skip", block.Child("skip"));
        }
    }

    private static void AddFromRgb(TorchVariables variables, string scope, TorchModule block)
    {
        if (block.HasChild("fromrgb"))
        {
            variables.AddConvolution($"{scope}/FromRGB", block.Child("fromrgb"));
        }
    }

    /// <summary>Adds what makes features of labels, which are compared with those of the images.</summary>
    private static void AddMapping(EasyDict kwargs, TorchVariables variables, TorchModule mapping)
    {
        variables.AddDense("LabelEmbed", mapping.Child("embed"));
        int layers = mapping.Int("num_layers");
        for (int i = 0; i < layers; i++)
        {
            variables.AddDense($"Mapping{i}", mapping.Child($"fc{i}"));
        }

        kwargs["mapping_fmaps"] = (long)mapping.Int("w_dim");
        kwargs["mapping_layers"] = (long)layers;
        if (layers > 0)
        {
            kwargs["mapping_lrmul"] = mapping.Child("fc0").Number("bias_gain");
            kwargs["mapping_nonlinearity"] = mapping.Child("fc0").Text("activation");
        }
    }
}
