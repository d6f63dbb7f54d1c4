using Dnnlib;

namespace Training;

/// <summary>Settings of <c>G_main</c>, with the reference's defaults.</summary>
internal sealed class GeneratorParameters
{
    internal GeneratorParameters(EasyDict kwargs)
    {
        bool isValidation = kwargs.Get("is_validation", false);
        IsTraining = kwargs.Get("is_training", false);
        SynthesisFunc = Name(kwargs, "synthesis_func", "G_synthesis_stylegan2");
        MappingFunc = Name(kwargs, "mapping_func", "G_mapping");
        ReturnDlatents = kwargs.Get("return_dlatents", false);
        TruncationPsi = isValidation ? null : Setting(kwargs, "truncation_psi", 0.5);
        TruncationCutoff = isValidation ? null : Setting(kwargs, "truncation_cutoff", null);
        DlatentAvgBeta = isValidation || !IsTraining ? null : kwargs.Get<double?>("dlatent_avg_beta", 0.995);
        StyleMixingProb = isValidation || !IsTraining ? null : kwargs.Get<double?>("style_mixing_prob", 0.9);
    }

    /// <summary>Whether the network is being trained: W's average moves and styles are mixed.</summary>
    internal bool IsTraining { get; }

    /// <summary>Whether W is returned beside the images.</summary>
    internal bool ReturnDlatents { get; }

    /// <summary>How far W is kept from its average: a number, a tensor, or null for no truncation.</summary>
    internal object? TruncationPsi { get; }

    /// <summary>The number of layers that are truncated: a number, a tensor, or null for all.</summary>
    internal object? TruncationCutoff { get; }

    /// <summary>Decay of W's moving average under training; null leaves it alone.</summary>
    internal double? DlatentAvgBeta { get; }

    /// <summary>Probability of mixing the styles of two latents under training; null never mixes.</summary>
    internal double? StyleMixingProb { get; }

    /// <summary>The Python name of the mapping's build function.</summary>
    internal string MappingFunc { get; }

    /// <summary>The Python name of the synthesis' build function.</summary>
    internal string SynthesisFunc { get; }

    /// <summary>Whether W is truncated; not under training, where the reference leaves it alone.</summary>
    internal bool IsTruncated => !IsTraining && TruncationPsi is not (null or 1.0 or 1L or 1);

    private static object? Setting(EasyDict kwargs, string name, object? missing) => kwargs.TryGetValue(name, out object? value) ? value : missing;

    private static string Name(EasyDict kwargs, string name, string missing) => $"training.networks_stylegan2.{kwargs.Get(name, missing).Split('.')[^1]}";
}
