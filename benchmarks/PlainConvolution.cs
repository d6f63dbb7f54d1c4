using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>A 3x3 convolution with stride 1.</summary>
internal sealed class PlainConvolution : ConvolutionKind
{
    internal override string Name => "3x3";

    internal override int[] InputShape(ConvolutionSize size) => [1, size.Channels, size.Side, size.Side];

    internal override int[] ResultShape(ConvolutionSize size) => [1, size.Outputs, size.Side, size.Side];

    internal override Tensor Build(Tensor input, Tensor weights) => tf.nn.conv2d(input, weights, [1, 1, 1, 1], "SAME", "NCHW");

    internal override double ValueAt(float[] input, float[] weights, ConvolutionSize size, int channel, int row, int column)
    {
        double sum = 0;
        for (int i = 0; i < 9 * size.Channels; i++)
        {
            (int from, int tap) = Math.DivRem(i, 9);
            sum += Pixel(input, size.Side, from, row + (tap / 3) - 1, column + (tap % 3) - 1)
                * Weight(weights, size, tap / 3, tap % 3, from, channel);
        }

        return sum;
    }
}
