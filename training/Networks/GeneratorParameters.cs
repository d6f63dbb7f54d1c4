using Dnnlib;

namespace Training.Networks;

/// <summary>Settings of the generators <c>G_main</c> and <c>G_style</c>, each with the reference's defaults.</summary>
internal sealed class GeneratorParameters
{
    /// <summary>What a generator takes itself and does not hand on to its components.</summary>
    private static readonly string[] s_own =
    [
        "truncation_psi", "truncation_cutoff", "truncation_psi_val", "truncation_cutoff_val", "dlatent_avg_beta", "style_mixing_prob", "is_training", "is_validation",
        "return_dlatents", "is_template_graph", "mapping_func", "synthesis_func",
    ];

    private readonly bool _truncatesAllLayers;

    private GeneratorParameters(EasyDict kwargs, string module, string synthesisFunc, double psi, int? cutoff)
    {
        IsTraining = kwargs.Get("is_training", false);
        bool isValidation = kwargs.Get("is_validation", false);
        if (IsTraining && isValidation)
        {
            throw new InvalidDataException("is_training and is_validation are both true; set one of them at most");
        }

        string phase = isValidation ? "_val" : "";
        TruncationPsi = Setting(kwargs, $"truncation_psi{phase}", isValidation ? null : psi);
        TruncationCutoff = Setting(kwargs, $"truncation_cutoff{phase}", isValidation ? null : cutoff);
        _truncatesAllLayers = cutoff is null;
        DlatentAvgBeta = IsTraining ? kwargs.Get<double?>("dlatent_avg_beta", 0.995) : null;
        StyleMixingProb = IsTraining ? kwargs.Get<double?>("style_mixing_prob", 0.9) : null;
        ReturnDlatents = kwargs.Get("return_dlatents", false);
        IsTemplateGraph = kwargs.Get("is_template_graph", false);
        MappingFunc = Function(module, kwargs.Get("mapping_func", "G_mapping"));
        SynthesisFunc = Function(module, kwargs.Get("synthesis_func", synthesisFunc));
        ForComponents = new EasyDict(kwargs.Where(k => !s_own.Contains(k.Key)));
    }

    /// <summary>Whether the network is being trained: W's average moves, styles are mixed, and W is not truncated.</summary>
    internal bool IsTraining { get; }

    /// <summary>Whether the graph is the one from which a network knows its shapes and variables.</summary>
    internal bool IsTemplateGraph { get; }

    /// <summary>Whether W is returned beside the images.</summary>
    internal bool ReturnDlatents { get; }

    /// <summary>How far W is kept from its average: a number, a tensor, or null for no truncation.</summary>
    internal object? TruncationPsi { get; }

    /// <summary>The number of layers that are truncated: a number, a tensor, or null, which is all in <c>G_main</c> and none in <c>G_style</c>.</summary>
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
    internal bool IsTruncated => !IsTraining && TruncationPsi is not (null or 1.0 or 1L or 1) && (_truncatesAllLayers || TruncationCutoff is not null);

    /// <summary>Settings of <c>G_main</c>.</summary>
    internal static GeneratorParameters Main(EasyDict kwargs) => new(kwargs, "training.networks_stylegan2", "G_synthesis_stylegan2", 0.5, cutoff: null);

    /// <summary>Settings of <c>G_style</c>.</summary>
    internal static GeneratorParameters Style(EasyDict kwargs) => new(kwargs, "training.networks_stylegan", "G_synthesis", 0.7, cutoff: 8);

    private static object? Setting(EasyDict kwargs, string name, object? missing) => kwargs.TryGetValue(name, out object? value) ? value : missing;

    private static string Function(string module, string name) => $"{module}.{name.Split('.')[^1]}";
}
