using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// How many pictures are projected at the same time where nobody says it (docs/performance.md, "Many pictures at a time").
/// </summary>
internal static class JobCount
{
    /// <summary>What a job needs, as a part of the bytes of all values that its loss is computed from.</summary>
    private const double PartNeeded = 0.5;

    /// <summary>The part of the free memory that jobs may take.</summary>
    private const double PartTaken = 0.8;

    /// <summary>One job for each core, which is fastest, as far as memory goes; on a GPU, one.</summary>
    /// <param name="device">What runs the jobs, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="threads">Threads of a job; 0 divides the cores.</param>
    /// <param name="loss">What a job minimises.</param>
    internal static int Fastest(string device, int threads, Tensor loss)
    {
        // What the collector knows of the machine's memory, or of the container's, is from its last collection.
        GC.Collect();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long free = memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes;
        return device == "cpu" ? Fitting(Environment.ProcessorCount / Math.Max(1, threads), free, BytesBehind(loss)) : 1;
    }

    /// <summary>So many jobs as there are cores, or fewer that fit into the memory; at least one.</summary>
    /// <param name="cores">Cores, or the groups of them that a job works on.</param>
    /// <param name="freeBytes">Memory that is free before the first step is compiled.</param>
    /// <param name="bytesBehindLoss">Bytes of all values that a job's loss is computed from.</param>
    internal static int Fitting(int cores, long freeBytes, long bytesBehindLoss) =>
        (int)Math.Clamp(freeBytes * PartTaken / (bytesBehindLoss * PartNeeded), 1, Math.Max(1, cores));

    /// <summary>Bytes of all values that a tensor is computed from, without constants and variables.</summary>
    internal static long BytesBehind(Tensor tensor)
    {
        HashSet<Operation> seen = [tensor.Operation];
        Queue<Operation> behind = new(seen);
        long elements = 0;
        while (behind.TryDequeue(out Operation? operation))
        {
            elements += operation.Inputs.Count == 0 ? 0 : operation.Outputs.Sum(o => o.Shape.Elements ?? 0);
            foreach (Operation input in operation.Inputs.Select(i => i.Operation).Where(seen.Add))
            {
                behind.Enqueue(input);
            }
        }

        return elements * sizeof(float);
    }
}
