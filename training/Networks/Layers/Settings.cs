using Dnnlib;
using Dnnlib.TfLib;

namespace Training.Networks.Layers;

/// <summary>
/// Every setting of the networks, with its type and limits. Files are not believed: limits keep what a few bytes can ask for within what
/// real networks need.
/// </summary>
internal static class Settings
{
    /// <summary>The largest height and width of images.</summary>
    internal const int LargestSide = 1 << 12;

    private const int MostFeatures = 8192;
    private const int MostLabels = 1 << 16;
    private const int MostChannels = 1024;
    private const int MostLayers = 100;
    private const int MostTaps = 16;
    private const int LargestFirstSide = 64;

    /// <summary>Size of latents (Z).</summary>
    internal static readonly Setting<int> LatentSize = SettingKind.Whole("latent_size", 1, MostFeatures);

    /// <summary>Size of labels, 0 where there are none.</summary>
    internal static readonly Setting<int> LabelSize = SettingKind.Whole("label_size", 0, MostLabels);

    /// <summary>Size of disentangled latents (W).</summary>
    internal static readonly Setting<int> DlatentSize = SettingKind.Whole("dlatent_size", 1, MostFeatures);

    /// <summary>How many times W is repeated.</summary>
    internal static readonly Setting<int?> DlatentBroadcast = SettingKind.Whole("dlatent_broadcast", 1, MostLayers).OrNone();

    /// <summary>Number of the mapping's layers.</summary>
    internal static readonly Setting<int> MappingLayers = SettingKind.Whole("mapping_layers", 0, MostLayers);

    /// <summary>Width of the mapping's inner layers.</summary>
    internal static readonly Setting<int?> MappingFmaps = SettingKind.Whole("mapping_fmaps", 1, MostFeatures).OrNone();

    /// <summary>Learning rate of the mapping's layers in relation to the rest.</summary>
    internal static readonly Setting<double> MappingLrmul = SettingKind.Real("mapping_lrmul", 1e-6, 1e6);

    /// <summary>Activation of the mapping's layers.</summary>
    internal static readonly Setting<string> MappingNonlinearity = SettingKind.Word("mapping_nonlinearity", Activation.Names);

    /// <summary>Whether latents are brought to unit length first.</summary>
    internal static readonly Setting<bool> NormalizeLatents = SettingKind.Flag("normalize_latents");

    /// <summary>Size of the embedding of labels.</summary>
    internal static readonly Setting<int?> LabelFmaps = SettingKind.Whole("label_fmaps", 1, MostFeatures).OrNone();

    /// <summary>Channels of the images.</summary>
    internal static readonly Setting<int> NumChannels = SettingKind.Whole("num_channels", 1, MostChannels);

    /// <summary>Side of square images.</summary>
    internal static readonly Setting<int> Resolution = SettingKind.PowerOfTwo("resolution", 4, LargestSide);

    /// <summary>Feature maps in all: those of a stage are this / 2^(stage * fmap_decay).</summary>
    internal static readonly Setting<int> FmapBase = SettingKind.Whole("fmap_base", 1, 1 << 26);

    /// <summary>How fast feature maps become fewer from stage to stage.</summary>
    internal static readonly Setting<double> FmapDecay = SettingKind.Real("fmap_decay", 0, 100);

    /// <summary>Fewest feature maps of a stage.</summary>
    internal static readonly Setting<int> FmapMin = SettingKind.Whole("fmap_min", 1, MostFeatures);

    /// <summary>Most feature maps of a stage.</summary>
    internal static readonly Setting<int> FmapMax = SettingKind.Whole("fmap_max", 1, MostFeatures);

    /// <summary>Feature maps of the learned constant.</summary>
    internal static readonly Setting<int?> FmapConst = SettingKind.Whole("fmap_const", 1, MostFeatures).OrNone();

    /// <summary>How blocks are joined.</summary>
    internal static readonly Setting<string> Architecture = SettingKind.Word("architecture", "orig", "skip", "resnet");

    /// <summary>How levels of detail are joined.</summary>
    internal static readonly Setting<string> Structure = SettingKind.Word("structure", ProgressiveGrowing.Fixed, ProgressiveGrowing.Linear,
        ProgressiveGrowing.Recursive, "auto");

    /// <summary>Activation of StyleGAN2's layers.</summary>
    internal static readonly Setting<string> Nonlinearity = SettingKind.Word("nonlinearity", Activation.Names);

    /// <summary>Activation of the layers of StyleGAN's first generation.</summary>
    internal static readonly Setting<string> StyleGanNonlinearity = SettingKind.Word("nonlinearity", "relu", "lrelu");

    /// <summary>Activation of the mapping's layers in StyleGAN's first generation.</summary>
    internal static readonly Setting<string> StyleGanMappingNonlinearity = SettingKind.Word("mapping_nonlinearity", "relu", "lrelu");

    /// <summary>Resampling filter; None averages pixels.</summary>
    internal static readonly Setting<float[]?> ResampleKernel = SettingKind.Taps("resample_kernel", MostTaps).OrNone<float[]?>(t => t);

    /// <summary>Filter of the first generation's images after resampling; None filters nothing.</summary>
    internal static readonly Setting<float[]?> BlurFilter = SettingKind.Taps("blur_filter", MostTaps).OrNone<float[]?>(t => t);

    /// <summary>Whether resampling and convolution of the first generation are one; <c>auto</c> for large images.</summary>
    internal static readonly Setting<object> FusedScale = new("fused_scale", "True, False or auto", (object? value, out object parsed) =>
    {
        parsed = value!;
        return value is bool or "auto";
    });

    /// <summary>Whether weights are scaled in each run.</summary>
    internal static readonly Setting<bool> UseWscale = SettingKind.Flag("use_wscale");

    /// <summary>Whether W styles each layer.</summary>
    internal static readonly Setting<bool> UseStyles = SettingKind.Flag("use_styles");

    /// <summary>Whether the first layer is a learned constant.</summary>
    internal static readonly Setting<bool> ConstInputLayer = SettingKind.Flag("const_input_layer");

    /// <summary>Whether layers add noise.</summary>
    internal static readonly Setting<bool> UseNoise = SettingKind.Flag("use_noise");

    /// <summary>Whether noise is drawn in each run.</summary>
    internal static readonly Setting<bool> RandomizeNoise = SettingKind.Flag("randomize_noise");

    /// <summary>Whether the features of each pixel are normalised.</summary>
    internal static readonly Setting<bool> UsePixelNorm = SettingKind.Flag("use_pixel_norm");

    /// <summary>Whether each feature map is normalised.</summary>
    internal static readonly Setting<bool> UseInstanceNorm = SettingKind.Flag("use_instance_norm");

    /// <summary>Limit of convolutions' results in either direction.</summary>
    internal static readonly Setting<double?> ConvClamp = SettingKind.Real("conv_clamp", 1e-6, 1e30).OrNone();

    /// <summary>Samples in a group of the minibatch standard deviation; None is the whole minibatch.</summary>
    internal static readonly Setting<int?> MbstdGroupSize = SettingKind.Whole("mbstd_group_size", 0, int.MaxValue).OrNone();

    /// <summary>Feature maps that the minibatch standard deviation adds.</summary>
    internal static readonly Setting<int> MbstdNumFeatures = SettingKind.Whole("mbstd_num_features", 0, MostFeatures);

    /// <summary>Scores of a sample.</summary>
    internal static readonly Setting<int> ScoreMax = SettingKind.Whole("score_max", 1, MostFeatures);

    /// <summary>Bits that tell a discriminator how images were augmented.</summary>
    internal static readonly Setting<bool> UsePagan = SettingKind.Off("use_pagan");

    /// <summary>Spectral normalisation of weights.</summary>
    internal static readonly Setting<bool> UseSpectralNorm = SettingKind.Off("use_spectral_norm");

    /// <summary>Height of the first block of images that are not square.</summary>
    internal static readonly Setting<int?> MinHeight = SettingKind.Whole("min_h", 1, LargestFirstSide).OrNone();

    /// <summary>Width of the first block of images that are not square.</summary>
    internal static readonly Setting<int?> MinWidth = SettingKind.Whole("min_w", 1, LargestFirstSide).OrNone();

    /// <summary>How often images that are not square become twice as large.</summary>
    internal static readonly Setting<int?> ResLog2 = SettingKind.Whole("res_log2", 0, 12).OrNone();

    /// <summary>Height and width of the first block, where blocks are called as those of square images.</summary>
    internal static readonly Setting<(int Height, int Width)?> InitRes = SettingKind.Pair("init_res", 1, LargestFirstSide);

    /// <summary>How images are brought to another size than the blocks give.</summary>
    internal static readonly Setting<bool> ScaleType = SettingKind.Off("scale_type");

    /// <summary>How far W is kept from its average; None for no truncation.</summary>
    internal static readonly Setting<object?> TruncationPsi = SettingKind.NumberOrTensor("truncation_psi").OrNone<object?>(v => v);

    /// <summary>The number of layers that are truncated.</summary>
    internal static readonly Setting<object?> TruncationCutoff = SettingKind.NumberOrTensor("truncation_cutoff").OrNone<object?>(v => v);

    /// <summary>As <see cref="TruncationPsi"/>, where images are made to judge the training by.</summary>
    internal static readonly Setting<object?> TruncationPsiVal = TruncationPsi with { Name = "truncation_psi_val" };

    /// <summary>As <see cref="TruncationCutoff"/>, where images are made to judge the training by.</summary>
    internal static readonly Setting<object?> TruncationCutoffVal = TruncationCutoff with { Name = "truncation_cutoff_val" };

    /// <summary>Decay of W's moving average under training.</summary>
    internal static readonly Setting<double?> DlatentAvgBeta = SettingKind.Real("dlatent_avg_beta", 0, 1).OrNone();

    /// <summary>Probability of mixing styles under training.</summary>
    internal static readonly Setting<double?> StyleMixingProb = SettingKind.Real("style_mixing_prob", -1, 1).OrNone();

    /// <summary>Build function of the mapping.</summary>
    internal static readonly Setting<string> MappingFunc = SettingKind.Function("mapping_func");

    /// <summary>Build function of the synthesis.</summary>
    internal static readonly Setting<string> SynthesisFunc = SettingKind.Function("synthesis_func");

    /// <summary>Whether the network is being trained.</summary>
    internal static readonly Setting<bool> IsTraining = SettingKind.Flag("is_training");

    /// <summary>Whether images are made to judge the training by.</summary>
    internal static readonly Setting<bool> IsValidation = SettingKind.Flag("is_validation");

    /// <summary>Whether W is returned beside the images.</summary>
    internal static readonly Setting<bool> ReturnDlatents = SettingKind.Flag("return_dlatents");

    private static readonly Setting<bool> s_isTemplateGraph = SettingKind.Flag("is_template_graph");
    private static readonly Setting<bool> s_forceCleanGraph = SettingKind.Flag("force_clean_graph");

    /// <summary>Whether the graph is the one from which a network knows its shapes and variables.</summary>
    internal static bool IsTemplateGraph(EasyDict kwargs) => s_isTemplateGraph.Of(kwargs, false);

    /// <summary>
    /// Whether the graph is to be looked at, as the one from which a network knows its shapes and variables is, rather than run.
    /// </summary>
    internal static bool CleanGraph(EasyDict kwargs) => IsTemplateGraph(kwargs) || s_forceCleanGraph.Of(kwargs, false);
}
