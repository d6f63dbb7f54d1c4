using System.Collections.Concurrent;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>Instructions as one compiled loop over neighbouring pixels of a channel, whose results stay in registers.</summary>
internal sealed unsafe class ElementwiseLoop
{
    private static readonly ConcurrentDictionary<string, Body> s_bodies = [];

    private readonly Body _body;

    /// <summary>Compiles instructions, or takes what was compiled of the same ones before.</summary>
    internal ElementwiseLoop(IReadOnlyList<Instruction> instructions)
    {
        Inputs = [.. instructions.SelectMany(Operands).Where(o => o.IsInput).Distinct()];
        Outputs = [.. instructions.Where(i => i.Output >= 0)];
        _body = s_bodies.GetOrAdd(string.Join('\n', instructions), _ => new LoopCompiler(instructions, Inputs, Outputs).Compile());
    }

    /// <summary>A compiled loop.</summary>
    /// <param name="places">Where each input's, then each output's first float is.</param>
    /// <param name="bytes">Bytes of the pixels' floats.</param>
    internal delegate void Body(float** places, nint bytes);

    /// <summary>What it reads.</summary>
    internal IReadOnlyList<Operand> Inputs { get; }

    /// <summary>
    /// The instructions whose results it writes. Sums over channels are added to what is there; a sum over pixels is one float.
    /// </summary>
    internal IReadOnlyList<Instruction> Outputs { get; }

    /// <summary>Computes some pixels.</summary>
    /// <param name="places">Where each input's, then each output's first float is.</param>
    /// <param name="count">Pixels.</param>
    internal void Run(float** places, int count) => _body(places, (nint)count * sizeof(float));

    private static IEnumerable<Operand> Operands(Instruction instruction) =>
        instruction.B is { } b ? [instruction.A, b] : [instruction.A];
}
