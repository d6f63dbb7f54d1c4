namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// The nine taps of a 3x3 filter with stride 2, in the order of the phases that they belong to: even and odd rows and columns of the large
/// picture, of which each is a picture of the small one's size.
/// </summary>
internal static class PolyphaseTaps
{
    /// <summary>Taps of a filter.</summary>
    internal const int Count = 9;

    /// <summary>Phases: even rows and columns, even rows and odd columns, odd rows and even columns, odd rows and columns.</summary>
    internal const int Phases = 4;

    private static readonly (int Row, int Column)[] s_taps = [(0, 0), (0, 2), (2, 0), (2, 2), (0, 1), (2, 1), (1, 0), (1, 2), (1, 1)];
    private static readonly int[] s_starts = [0, 4, 6, 8, Count];

    /// <summary>The row and the column of a tap in the filter.</summary>
    internal static (int Row, int Column) Tap(int index) => s_taps[index];

    /// <summary>The phase that a tap makes.</summary>
    internal static int PhaseOf(int index) => ((s_taps[index].Row & 1) * 2) + (s_taps[index].Column & 1);

    /// <summary>The taps of a phase.</summary>
    internal static (int First, int Count) Of(int phase) => (s_starts[phase], s_starts[phase + 1] - s_starts[phase]);
}
