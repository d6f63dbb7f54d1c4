using Dnnlib.TfLib;
using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>StyleGAN2's upsampling: a transposed 3x3 convolution with stride 2, then the filter [1, 3, 3, 1].</summary>
internal class UpsamplingConvolution : ConvolutionKind
{
    /// <summary>One-dimensional taps of the filter, as the configuration has them.</summary>
    protected static readonly float[] Taps = [1, 3, 3, 1];

    internal override string Name => "upsampling";

    internal override int[] InputShape(ConvolutionSize size) => [1, size.Channels, size.Side, size.Side];

    internal override int[] ResultShape(ConvolutionSize size) => [1, size.Outputs, 2 * size.Side, 2 * size.Side];

    internal override Tensor Build(Tensor input, Tensor weights) => UpFirDn2D.UpsampleConv(input, weights, Taps);

    internal override double ValueAt(float[] input, float[] weights, ConvolutionSize size, int channel, int row, int column)
    {
        double sum = 0;
        for (int tap = 0; tap < 16; tap++)
        {
            sum += FilterTap(tap) * EnlargedAt(input, weights, size, channel, row - 1 + (tap / 4), column - 1 + (tap % 4));
        }

        return sum;
    }

    /// <summary>The filter's taps sum up to 4, as pixels get apart.</summary>
    protected static double FilterTap(int tap) => Taps[tap / 4] * Taps[tap % 4] / 16;

    /// <summary>The transposed convolution reads the weights turned by half a circle.</summary>
    protected static double TurnedWeight(float[] weights, ConvolutionSize size, int tap, int channel, int output) =>
        Weight(weights, size, 2 - (tap / 3), 2 - (tap % 3), channel, output);

    private static double EnlargedAt(float[] input, float[] weights, ConvolutionSize size, int output, int row, int column)
    {
        double sum = 0;
        for (int i = 0; i < 9 * size.Channels; i++)
        {
            (int channel, int tap) = Math.DivRem(i, 9);
            (int y, int x) = (row - (tap / 3), column - (tap % 3));
            if (y % 2 == 0 && x % 2 == 0)
            {
                sum += Pixel(input, size.Side, channel, y / 2, x / 2) * TurnedWeight(weights, size, tap, channel, output);
            }
        }

        return sum;
    }
}
