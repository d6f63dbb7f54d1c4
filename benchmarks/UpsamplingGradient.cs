using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>The gradient of <see cref="UpsamplingConvolution"/> for the pictures.</summary>
internal sealed class UpsamplingGradient : UpsamplingConvolution
{
    internal override string Name => "upsampling, gradient";

    internal override int[] InputShape(ConvolutionSize size) => base.ResultShape(size);

    internal override int[] ResultShape(ConvolutionSize size) => base.InputShape(size);

    internal override Tensor Build(Tensor input, Tensor weights)
    {
        Tensor pictures = tf.placeholder(tf.float32, [1, weights.Shape[2], input.Shape[2] / 2, input.Shape[3] / 2]);
        return tf.gradients([base.Build(pictures, weights)], [pictures], [input])[0]!;
    }

    internal override double ValueAt(float[] input, float[] weights, ConvolutionSize size, int channel, int row, int column)
    {
        double sum = 0;
        for (int tap = 0; tap < 9; tap++)
        {
            for (int output = 0; output < size.Outputs; output++)
            {
                sum += FilteredAt(input, size, output, (2 * row) + (tap / 3), (2 * column) + (tap % 3))
                    * TurnedWeight(weights, size, tap, channel, output);
            }
        }

        return sum;
    }

    private static double FilteredAt(float[] input, ConvolutionSize size, int output, int row, int column)
    {
        double sum = 0;
        for (int tap = 0; tap < 16; tap++)
        {
            sum += FilterTap(tap) * Pixel(input, 2 * size.Side, output, row + 1 - (tap / 4), column + 1 - (tap % 4));
        }

        return sum;
    }
}
