namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>How the phases of a channel lie in memory: four rings, which keep the last positions of a line.</summary>
internal sealed class PhaseRing
{
    /// <summary>A vector may read behind the end.</summary>
    private const int Room = 16;

    /// <summary>Rings that keep some positions.</summary>
    internal PhaseRing(int positions)
    {
        int columns = PackedProduct.Columns;
        Capacity = (positions + columns - 1) / columns * columns;
        PhaseStep = CacheSets.Apart(Capacity + Room);
    }

    /// <summary>Positions that are kept; a multiple of a product's columns.</summary>
    internal int Capacity { get; }

    /// <summary>Floats from one phase to the next.</summary>
    internal long PhaseStep { get; }

    /// <summary>Floats from one channel to the next.</summary>
    internal long ChannelStep => PhaseStep * PolyphaseTaps.Phases;

    /// <summary>The place of a position; those before the first are the last places.</summary>
    internal int Place(long position) => (int)((position + Capacity) % Capacity);
}
