using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A kind of convolution that kernels in C# compute, with weights [3, 3, channels, outputs].</summary>
internal abstract class ConvolutionKind
{
    /// <summary>What it is called in the table.</summary>
    internal abstract string Name { get; }

    /// <summary>The shape of what it reads.</summary>
    internal abstract int[] InputShape(ConvolutionSize size);

    /// <summary>The shape of what it makes.</summary>
    internal abstract int[] ResultShape(ConvolutionSize size);

    /// <summary>Builds it.</summary>
    internal abstract Tensor Build(Tensor input, Tensor weights);

    /// <summary>One value of the result in double precision.</summary>
    internal abstract double ValueAt(float[] input, float[] weights, ConvolutionSize size, int channel, int row, int column);

    /// <summary>A weight.</summary>
    protected static double Weight(float[] weights, ConvolutionSize size, int row, int column, int channel, int output) =>
        weights[(((((row * 3) + column) * size.Channels) + channel) * size.Outputs) + output];

    /// <summary>A pixel of square pictures; 0 outside.</summary>
    protected static double Pixel(float[] pictures, int side, int channel, int row, int column) =>
        row < 0 || column < 0 || row >= side || column >= side ? 0 : pictures[(((channel * side) + row) * side) + column];
}
