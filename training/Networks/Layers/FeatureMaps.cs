using Dnnlib;

namespace Training.Networks.Layers;

/// <summary>How many feature maps the stages of a network have: fmap_base / 2^(stage * fmap_decay), within limits.</summary>
/// <param name="kwargs">The network's settings.</param>
/// <param name="missingBase">What <c>fmap_base</c> is where it is left out.</param>
internal sealed class FeatureMaps(EasyDict kwargs, int missingBase)
{
    private readonly int _base = Settings.FmapBase.Of(kwargs, missingBase);
    private readonly double _decay = Settings.FmapDecay.Of(kwargs, 1.0);
    private readonly int _min = Settings.FmapMin.Of(kwargs, 1);
    private readonly int _max = Settings.FmapMax.Of(kwargs, 512);

    /// <summary>Feature maps of a stage, of which stage n has side 2^(n+1).</summary>
    internal int Of(int stage) => Math.Min(Math.Max((int)(_base / Math.Pow(2.0, stage * _decay)), _min), _max);
}
