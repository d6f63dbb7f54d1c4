namespace Dnnlib.TfLib;

/// <summary>How <see cref="TfUtil.InitTf"/> opens a session, with the defaults of Python's <c>init_tf</c>.</summary>
public sealed record TfConfig
{
    /// <summary>Seed of NumPy's global stream (<c>rnd.np_random_seed</c>).</summary>
    public uint NpRandomSeed { get; init; } = 1000;

    /// <summary>The graph's random seed (<c>rnd.tf_random_seed</c>); null draws it from NumPy's stream, as <c>auto</c> does.</summary>
    public long? TfRandomSeed { get; init; }

    /// <summary>What runs the graph: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads that one operation may use; 0 means one for each core.</summary>
    public int IntraOpParallelismThreads { get; init; }

    /// <summary>Whose kernels compute what both have, on the CPU: <c>csharp</c> or <c>onnxruntime</c>.</summary>
    public string Kernels { get; init; } = "csharp";
}
