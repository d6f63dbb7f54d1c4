using System.Numerics.Tensors;
using TensorGraph.Runtime.Kernels.Elementwise.Loops;

namespace TensorGraph.Runtime.Kernels.Elementwise;

/// <summary>A chain of operations on feature maps [1, C, H, W], in one pass over memory.</summary>
/// <remarks>
/// Some rows at a time go channel by channel through a loop that keeps all results in registers. Sums over channels are added up channel
/// by channel, sums over pixels row by row, whatever the number of threads.
/// </remarks>
internal sealed unsafe class ElementwiseKernel : Kernel
{
    /// <summary>Pixels of a part of the job, whose sums over channels stay in the cache.</summary>
    private const int PartPixels = 4096;

    /// <summary>As many parts keep several threads busy to the end.</summary>
    private const int Parts = 16;

    private readonly ElementwiseLoop _loop;
    private readonly FeatureMapSize _maps;
    private readonly Scratch _scratch;
    private readonly int _inputs;
    private readonly long[][] _outputShapes;
    private readonly Instruction[] _pixelSums;
    private readonly int _partRows;
    private readonly int _loopRows;

    internal ElementwiseKernel(IReadOnlyList<Instruction> instructions, FeatureMapSize maps, Scratch scratch)
    {
        _loop = new ElementwiseLoop(instructions);
        _maps = maps;
        _scratch = scratch;
        _inputs = _loop.Inputs.Max(i => i.Index) + 1;
        _outputShapes = [.. _loop.Outputs.GroupBy(o => o.Output).OrderBy(g => g.Key).Select(g => ShapeOf([.. g]))];
        _pixelSums = [.. _loop.Outputs.Where(o => o.Operation == ElementwiseOperation.SumOverPixels)];
        _partRows = Math.Clamp(maps.Height / Parts, 1, Math.Max(1, PartPixels / maps.Width));
        _loopRows = instructions.Any(i => i.AddsRows) ? 1 : _partRows;
    }

    internal override void Compute(KernelContext context)
    {
        nint[] inputs = [.. Enumerable.Range(0, _inputs).Select(i => context.Input(i).Data)];
        nint[] outputs = [.. _outputShapes.Select((shape, i) => context.Output(i, shape))];
        int rows = _maps.Channels * _maps.Height;
        PinnedFloats rowSums = _scratch.Rent((long)_pixelSums.Length * rows);
        nint SumsOf(Instruction sum) => (nint)(rowSums.Pointer + ((long)Array.IndexOf(_pixelSums, sum) * rows));

        MapStream[] streams =
        [
            .. _loop.Inputs.Select(i => StreamOf(i, inputs[i.Index])),
            .. _loop.Outputs.Select(o => StreamOf(o, _pixelSums.Contains(o) ? SumsOf(o) : outputs[o.Output])),
        ];
        context.ParallelFor((_maps.Height + _partRows - 1) / _partRows, part => RunPart(part * _partRows, streams));
        foreach (Instruction sum in _pixelSums)
        {
            AddRows((float*)SumsOf(sum), (float*)outputs[sum.Output]);
        }

        _scratch.Return(rowSums);
    }

    private long[] ShapeOf(Instruction[] parts) => parts[0].Operation switch
    {
        ElementwiseOperation.SumOverChannels => [1, parts.Length, _maps.Height, _maps.Width],
        ElementwiseOperation.SumOverRows => [1, _maps.Channels, _maps.Height, 1],
        ElementwiseOperation.SumOverPixels => [1, _maps.Channels, 1, 1],
        _ => [1, _maps.Channels, _maps.Height, _maps.Width],
    };

    private MapStream StreamOf(Operand input, nint data) => input.Extent switch
    {
        Extent.Maps => new(data, _maps.Pixels, _maps.Width),
        Extent.Pixels => new((nint)((float*)data + (input.Offset * _maps.Pixels)), 0, _maps.Width),
        Extent.Channels => new((nint)((float*)data + input.Offset), input.Step, 0),
        _ => new(data, 0, 0),
    };

    private MapStream StreamOf(Instruction output, nint data) => output.Operation switch
    {
        ElementwiseOperation.SumOverChannels => new((nint)((float*)data + (output.Plane * _maps.Pixels)), 0, _maps.Width),
        ElementwiseOperation.SumOverRows or ElementwiseOperation.SumOverPixels => new(data, _maps.Height, 1),
        _ => new(data, _maps.Pixels, _maps.Width),
    };

    private void RunPart(int firstRow, MapStream[] streams)
    {
        int end = Math.Min(_maps.Height, firstRow + _partRows);
        for (int i = 0; i < _loop.Outputs.Count; i++)
        {
            if (_loop.Outputs[i].Operation == ElementwiseOperation.SumOverChannels)
            {
                new Span<float>(streams[_loop.Inputs.Count + i].At(0, firstRow), (end - firstRow) * _maps.Width).Clear();
            }
        }

        float** places = stackalloc float*[streams.Length];
        for (int channel = 0; channel < _maps.Channels; channel++)
        {
            for (int row = firstRow; row < end; row += _loopRows)
            {
                for (int i = 0; i < streams.Length; i++)
                {
                    places[i] = streams[i].At(channel, row);
                }

                _loop.Run(places, Math.Min(_loopRows, end - row) * _maps.Width);
            }
        }
    }

    private void AddRows(float* rowSums, float* sums)
    {
        for (int channel = 0; channel < _maps.Channels; channel++)
        {
            sums[channel] = TensorPrimitives.Sum(new ReadOnlySpan<float>(rowSums + ((long)channel * _maps.Height), _maps.Height));
        }
    }
}
