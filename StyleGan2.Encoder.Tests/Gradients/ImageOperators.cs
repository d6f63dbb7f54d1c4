using TensorGraph.Operations;

namespace StyleGan2.Encoder.Tests.Gradients;

/// <summary>ONNX's operators on images by their definitions, in double precision.</summary>
internal static class ImageOperators
{
    internal static DoubleArray Conv(DoubleArray x, DoubleArray w, ConvolutionWindow window, int groups)
    {
        int inputs = w.Shape[1], outputs = w.Shape[0] / groups;
        int[] shape = [x.Shape[0], w.Shape[0], window.OutputHeight(x.Shape[2], w.Shape[2]), window.OutputWidth(x.Shape[3], w.Shape[3])];
        return DoubleArray.Of(shape, at =>
        {
            double sum = 0;
            ForEachTap(w, (c, ky, kx) =>
            {
                int row = (at[2] * window.StrideY) - window.Top + (ky * window.DilationY);
                int column = (at[3] * window.StrideX) - window.Left + (kx * window.DilationX);
                if (row >= 0 && row < x.Shape[2] && column >= 0 && column < x.Shape[3])
                {
                    sum += x[[at[0], (at[1] / outputs * inputs) + c, row, column]] * w[[at[1], c, ky, kx]];
                }
            });
            return sum;
        });
    }

    internal static DoubleArray ConvTranspose(DoubleArray x, DoubleArray w, ConvolutionWindow window, int groups, long[] outputPadding)
    {
        int inputs = w.Shape[0] / groups, outputs = w.Shape[1];
        int tapsHigh = (window.DilationY * (w.Shape[2] - 1)) + 1, tapsWide = (window.DilationX * (w.Shape[3] - 1)) + 1;
        int height = ((x.Shape[2] - 1) * window.StrideY) + (int)outputPadding[0] + tapsHigh - window.Top - window.Bottom;
        int width = ((x.Shape[3] - 1) * window.StrideX) + (int)outputPadding[1] + tapsWide - window.Left - window.Right;
        double[] values = new double[x.Shape[0] * outputs * groups * height * width];
        DoubleArray.Of(x.Shape, at =>
        {
            ForEachTap(w, (o, ky, kx) =>
            {
                int row = (at[2] * window.StrideY) - window.Top + (ky * window.DilationY);
                int column = (at[3] * window.StrideX) - window.Left + (kx * window.DilationX);
                if (row >= 0 && row < height && column >= 0 && column < width)
                {
                    int channel = (at[1] / inputs * outputs) + o;
                    values[(((((at[0] * outputs * groups) + channel) * height) + row) * width) + column] += x[at] * w[[at[1], o, ky, kx]];
                }
            });
            return 0;
        });
        return new DoubleArray(values, [x.Shape[0], outputs * groups, height, width]);
    }

    internal static DoubleArray Pool(DoubleArray x, int size, Func<IEnumerable<double>, double> f) =>
        DoubleArray.Of([x.Shape[0], x.Shape[1], x.Shape[2] / size, x.Shape[3] / size], i =>
            f(Enumerable.Range(0, size * size).Select(k => x[[i[0], i[1], (i[2] * size) + (k / size), (i[3] * size) + (k % size)]])));

    internal static DoubleArray DepthToSpace(DoubleArray x, int block)
    {
        int channels = x.Shape[1] / (block * block);
        return DoubleArray.Of(
            [x.Shape[0], channels, x.Shape[2] * block, x.Shape[3] * block],
            i => x[[i[0], (((i[2] % block * block) + (i[3] % block)) * channels) + i[1], i[2] / block, i[3] / block]]);
    }

    internal static DoubleArray SpaceToDepth(DoubleArray x, int block)
    {
        int channels = x.Shape[1];
        return DoubleArray.Of([x.Shape[0], channels * block * block, x.Shape[2] / block, x.Shape[3] / block], i =>
        {
            int offset = i[1] / channels;
            return x[[i[0], i[1] % channels, (i[2] * block) + (offset / block), (i[3] * block) + (offset % block)]];
        });
    }

    /// <summary>Visits the taps of one filter: a channel, a row and a column.</summary>
    private static void ForEachTap(DoubleArray w, Action<int, int, int> visit)
    {
        for (int i = 0; i < w.Shape[1] * w.Shape[2] * w.Shape[3]; i++)
        {
            visit(i / (w.Shape[2] * w.Shape[3]), i / w.Shape[3] % w.Shape[2], i % w.Shape[3]);
        }
    }
}
