using Microsoft.ML.OnnxRuntime;

namespace TensorGraph.Runtime.Providers;

/// <summary>The memory that models on the CPU work in: one pool for all of the process, which grows by what is needed.</summary>
/// <remarks>By default each model has a pool of its own, which doubles in size whenever it grows.</remarks>
internal static class SharedMemory
{
    private const int GrowAsRequested = 1, Default = -1;
    private const uint NoLimit = 0;

    /// <summary>Bytes of a block that may stay unused when a smaller one is asked for; beyond, the block is divided.</summary>
    private const int MostUnused = 1 << 16;

    private static readonly Lazy<OrtEnv> s_environment = new(Register);

    /// <summary>Makes models of some options work in it.</summary>
    internal static void Use(SessionOptions options)
    {
        _ = s_environment.Value;
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        options.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");

        // Planned ahead, the memory of a run would be one block that the pool has to find whole.
        options.EnableMemoryPattern = false;
    }

    private static OrtEnv Register()
    {
        OrtEnv environment = OrtEnv.Instance();
        using OrtMemoryInfo memory = new(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using OrtArenaCfg pool = new(NoLimit, GrowAsRequested, Default, MostUnused);
        environment.CreateAndRegisterAllocator(memory, pool);
        return environment;
    }
}
