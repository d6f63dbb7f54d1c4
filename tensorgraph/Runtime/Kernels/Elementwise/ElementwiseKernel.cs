using System.Numerics.Tensors;

namespace TensorGraph.Runtime.Kernels.Elementwise;

/// <summary>A chain of operations on feature maps [1, C, H, W], in one pass over memory.</summary>
/// <remarks>
/// A few rows of one channel at a time go through all instructions; results that nothing else needs never leave the first level of the
/// cache. Sums over channels are added up channel by channel, whatever the number of threads.
/// </remarks>
internal sealed unsafe class ElementwiseKernel : Kernel
{
    /// <summary>Pixels that go through the instructions together.</summary>
    private const int ChunkPixels = 1024;

    /// <summary>Pixels of a part of the job, whose sums over channels stay in the cache.</summary>
    private const int PartPixels = 4096;

    private readonly Instruction[] _instructions;
    private readonly int _inputs;
    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _chunkRows;
    private readonly int _partRows;
    private readonly Scratch _scratch;

    internal ElementwiseKernel(IEnumerable<Instruction> instructions, int inputs, int channels, int height, int width, Scratch scratch)
    {
        _instructions = [.. instructions];
        _inputs = inputs;
        _channels = channels;
        _height = height;
        _width = width;
        _chunkRows = Math.Max(1, ChunkPixels / width);
        _partRows = Math.Max(1, PartPixels / width);
        _scratch = scratch;
    }

    private int ChunkSize => _chunkRows * _width;

    internal override void Compute(KernelContext context)
    {
        nint[] inputs = [.. Enumerable.Range(0, _inputs).Select(i => context.Input(i).Data)];
        nint[] results = new nint[_instructions.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = _instructions[i].Output < 0 ? 0 : context.Output(_instructions[i].Output, ShapeOf(_instructions[i].Operation));
        }

        context.ParallelFor((_height + _partRows - 1) / _partRows, part => RunPart(part * _partRows, inputs, results));
    }

    private long[] ShapeOf(ElementwiseOperation operation) => operation switch
    {
        ElementwiseOperation.SumOverChannels => [1, 1, _height, _width],
        ElementwiseOperation.SumOverRows => [1, _channels, _height, 1],
        _ => [1, _channels, _height, _width],
    };

    private void RunPart(int firstRow, nint[] inputs, nint[] results)
    {
        PinnedFloats scratch = _scratch.Rent((long)ChunkSize * _instructions.Length);
        int end = Math.Min(_height, firstRow + _partRows);
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int row = firstRow; row < end; row += _chunkRows)
            {
                Chunk chunk = new(this, inputs, results, scratch.Pointer, channel, row, Math.Min(_chunkRows, end - row));
                for (int i = 0; i < _instructions.Length; i++)
                {
                    chunk.Run(i);
                }
            }
        }

        _scratch.Return(scratch);
    }

    /// <summary>Some rows of one channel on their way through the instructions.</summary>
    private readonly ref struct Chunk(
        ElementwiseKernel kernel, nint[] inputs, nint[] results, float* scratch, int channel, int row, int rows)
    {
        private readonly long _pixel = (long)row * kernel._width;
        private readonly long _place = (((long)channel * kernel._height) + row) * kernel._width;
        private readonly int _count = rows * kernel._width;

        internal void Run(int index)
        {
            Instruction instruction = kernel._instructions[index];
            ReadOnlySpan<float> a = Values(instruction.A);
            if (instruction.IsSum)
            {
                Sum(instruction, a, (float*)results[index]);
            }
            else if (instruction.B is { } b)
            {
                Binary(instruction, a, Values(b), Result(index));
            }
            else
            {
                Unary(instruction, a, Result(index));
            }
        }

        private static void Unary(Instruction instruction, ReadOnlySpan<float> a, Span<float> result)
        {
            switch (instruction.Operation)
            {
                case ElementwiseOperation.Negate:
                    TensorPrimitives.Negate(a, result);
                    break;
                case ElementwiseOperation.SquareRoot:
                    TensorPrimitives.Sqrt(a, result);
                    break;
                case ElementwiseOperation.Reciprocal:
                    TensorPrimitives.Divide(1f, a, result);
                    break;
                case ElementwiseOperation.Relu:
                    TensorPrimitives.Max(a, 0f, result);
                    break;
                case ElementwiseOperation.LeakyRelu:
                    TensorPrimitives.Multiply(a, instruction.Alpha, result);
                    TensorPrimitives.Max(a, result, result);
                    break;
                case ElementwiseOperation.Clip:
                    TensorPrimitives.Clamp(a, instruction.Alpha, instruction.Beta, result);
                    break;
                case ElementwiseOperation.HardSigmoid:
                    TensorPrimitives.Multiply(a, instruction.Alpha, result);
                    TensorPrimitives.Add(result, instruction.Beta, result);
                    TensorPrimitives.Clamp(result, 0f, 1f, result);
                    break;
                default:
                    throw new NotSupportedException($"{instruction.Operation} does not have one operand");
            }
        }

        private static void Binary(Instruction instruction, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
        {
            // A value for all pixels is a span of one.
            bool isFirstOne = a.Length < result.Length, isSecondOne = b.Length < result.Length;
            switch (instruction.Operation)
            {
                case ElementwiseOperation.Add when isFirstOne:
                    TensorPrimitives.Add(b, a[0], result);
                    break;
                case ElementwiseOperation.Add when isSecondOne:
                    TensorPrimitives.Add(a, b[0], result);
                    break;
                case ElementwiseOperation.Add:
                    TensorPrimitives.Add(a, b, result);
                    break;
                case ElementwiseOperation.Multiply when isFirstOne:
                    TensorPrimitives.Multiply(b, a[0], result);
                    break;
                case ElementwiseOperation.Multiply when isSecondOne:
                    TensorPrimitives.Multiply(a, b[0], result);
                    break;
                case ElementwiseOperation.Multiply:
                    TensorPrimitives.Multiply(a, b, result);
                    break;
                case ElementwiseOperation.Subtract when isFirstOne:
                    TensorPrimitives.Subtract(a[0], b, result);
                    break;
                case ElementwiseOperation.Subtract when isSecondOne:
                    TensorPrimitives.Subtract(a, b[0], result);
                    break;
                case ElementwiseOperation.Subtract:
                    TensorPrimitives.Subtract(a, b, result);
                    break;
                case ElementwiseOperation.Divide when isFirstOne:
                    TensorPrimitives.Divide(a[0], b, result);
                    break;
                case ElementwiseOperation.Divide when isSecondOne:
                    TensorPrimitives.Divide(a, b[0], result);
                    break;
                case ElementwiseOperation.Divide:
                    TensorPrimitives.Divide(a, b, result);
                    break;
                default:
                    throw new NotSupportedException($"{instruction.Operation} does not have two operands");
            }
        }

        private void Sum(Instruction instruction, ReadOnlySpan<float> a, float* output)
        {
            if (instruction.Operation == ElementwiseOperation.SumOverRows)
            {
                float* sums = output + ((long)channel * kernel._height) + row;
                for (int i = 0; i < rows; i++)
                {
                    sums[i] = TensorPrimitives.Sum(a.Slice(i * kernel._width, kernel._width));
                }
            }
            else
            {
                Span<float> sums = new(output + _pixel, _count);
                if (channel == 0)
                {
                    a.CopyTo(sums);
                }
                else
                {
                    TensorPrimitives.Add(sums, a, sums);
                }
            }
        }

        private Span<float> Result(int index) =>
            results[index] == 0 ? new(scratch + ((long)index * kernel.ChunkSize), _count) : new((float*)results[index] + _place, _count);

        private ReadOnlySpan<float> Values(Operand operand)
        {
            if (!operand.IsInput)
            {
                return Result(operand.Index);
            }

            float* values = (float*)inputs[operand.Index];
            return operand.Extent switch
            {
                Extent.Maps => new(values + _place, _count),
                Extent.Pixels => new(values + _pixel, _count),
                Extent.Channels => new(values + channel, 1),
                _ => new(values, 1),
            };
        }
    }
}
