using TensorGraph.Runtime;

namespace Dnnlib.TfLib;

/// <summary>How <see cref="TfUtil.InitTf"/> opens a session, with the defaults of Python's <c>init_tf</c>.</summary>
public sealed record TfConfig : SessionConfig
{
    /// <summary>Seed of NumPy's global stream (<c>rnd.np_random_seed</c>).</summary>
    public uint NpRandomSeed { get; init; } = 1000;

    /// <summary>The graph's random seed (<c>rnd.tf_random_seed</c>); null draws it from NumPy's stream, as <c>auto</c> does.</summary>
    public long? TfRandomSeed { get; init; }
}
