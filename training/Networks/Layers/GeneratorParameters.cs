using Dnnlib;

namespace Training.Networks.Layers;

/// <summary>
/// Settings of the generators <c>G_main</c> (StyleGAN2's and StyleGAN2-ADA's) and <c>G_style</c>, each with the reference's defaults.
/// </summary>
internal sealed class GeneratorParameters
{
    /// <summary>What a generator takes itself and does not hand on to its components.</summary>
    private static readonly string[] s_own =
    [
        "truncation_psi", "truncation_cutoff", "truncation_psi_val", "truncation_cutoff_val", "dlatent_avg_beta", "style_mixing_prob",
        "is_training", "is_validation",
        "return_dlatents", "is_template_graph", "mapping_func", "synthesis_func",
    ];

    private readonly bool _truncatesAllLayers;

    /// <summary>Reads the settings of a generator.</summary>
    /// <param name="kwargs">The settings.</param>
    /// <param name="module">The Python module of its components' build functions.</param>
    /// <param name="synthesisFunc">Which of them is the synthesis' where the settings name none.</param>
    /// <param name="psi">Truncation where the settings say nothing of it.</param>
    /// <param name="cutoff">Layers truncated where the settings say nothing of it; null is all, and then None means all too.</param>
    /// <exception cref="FormatException">A setting has a value that it may not have.</exception>
    internal GeneratorParameters(EasyDict kwargs, string module, string synthesisFunc, double psi = 0.5, int? cutoff = null)
    {
        IsTraining = Settings.IsTraining.Of(kwargs, false);
        bool isValidation = Settings.IsValidation.Of(kwargs, false);
        if (IsTraining && isValidation)
        {
            throw new FormatException("is_training and is_validation are both true; set one of them at most");
        }

        TruncationPsi = isValidation ? Settings.TruncationPsiVal.Of(kwargs, null) : Settings.TruncationPsi.Of(kwargs, psi);
        TruncationCutoff = isValidation ? Settings.TruncationCutoffVal.Of(kwargs, null) : Settings.TruncationCutoff.Of(kwargs, cutoff);
        _truncatesAllLayers = cutoff is null;
        double? beta = Settings.DlatentAvgBeta.Of(kwargs, 0.995), mixing = Settings.StyleMixingProb.Of(kwargs, 0.9);
        DlatentAvgBeta = IsTraining ? beta : null;
        StyleMixingProb = IsTraining ? mixing : null;
        ReturnDlatents = Settings.ReturnDlatents.Of(kwargs, false);
        IsTemplateGraph = Settings.IsTemplateGraph(kwargs);
        MappingFunc = $"{module}.{Settings.MappingFunc.Of(kwargs, "G_mapping")}";
        SynthesisFunc = $"{module}.{Settings.SynthesisFunc.Of(kwargs, synthesisFunc)}";
        ForComponents = new EasyDict(kwargs.Where(k => !s_own.Contains(k.Key)));
    }

    /// <summary>Whether the network is being trained: W's average moves, styles are mixed, and W is not truncated.</summary>
    internal bool IsTraining { get; }

    /// <summary>Whether the graph is the one from which a network knows its shapes and variables.</summary>
    internal bool IsTemplateGraph { get; }

    /// <summary>Whether W is returned beside the images.</summary>
    internal bool ReturnDlatents { get; }

    /// <summary>Whether the generator has a level of detail, which its synthesis follows.</summary>
    internal bool HasLod { get; init; } = true;

    /// <summary>How far W is kept from its average: a number, a tensor, or null for no truncation.</summary>
    internal object? TruncationPsi { get; }

    /// <summary>
    /// The number of layers that are truncated: a number, a tensor, or null, which is all in <c>G_main</c> and none in <c>G_style</c>.
    /// </summary>
    internal object? TruncationCutoff { get; }

    /// <summary>Decay of W's moving average under training; null leaves it alone.</summary>
    internal double? DlatentAvgBeta { get; }

    /// <summary>Probability of mixing the styles of two latents under training; null never mixes.</summary>
    internal double? StyleMixingProb { get; }

    /// <summary>The Python name of the mapping's build function.</summary>
    internal string MappingFunc { get; }

    /// <summary>The Python name of the synthesis' build function.</summary>
    internal string SynthesisFunc { get; }

    /// <summary>The settings that are not the generator's own.</summary>
    internal EasyDict ForComponents { get; }

    /// <summary>Whether W is truncated.</summary>
    internal bool IsTruncated => !IsTraining && TruncationPsi is not (null or 1.0) && (_truncatesAllLayers || TruncationCutoff is not null);
}
