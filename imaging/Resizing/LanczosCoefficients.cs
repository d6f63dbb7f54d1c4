namespace Imaging.Resizing;

/// <summary>The weights by which PIL's Lanczos filter makes a row of pixels of another one's, in 22-bit fixed point.</summary>
internal sealed class LanczosCoefficients
{
    internal const int FractionBits = 22;
    private const double Support = 3;

    private readonly int[] _weights;
    private readonly (int First, int Count)[] _windows;
    private readonly int _stride;

    /// <summary>Computes the weights.</summary>
    /// <param name="from">Pixels there are.</param>
    /// <param name="to">Pixels wanted.</param>
    internal LanczosCoefficients(int from, int to)
    {
        double scale = (double)from / to, filterScale = Math.Max(1, scale), support = Support * filterScale;
        _stride = ((int)Math.Ceiling(support) * 2) + 1;
        _windows = new (int, int)[to];
        _weights = new int[to * _stride];
        double[] window = new double[_stride];
        for (int i = 0; i < to; i++)
        {
            double center = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(center - support + 0.5));
            int count = Math.Min(from, (int)(center + support + 0.5)) - first;
            double sum = 0;
            for (int x = 0; x < count; x++)
            {
                window[x] = Filter((x + first - center + 0.5) * (1 / filterScale));
                sum += window[x];
            }

            _windows[i] = (first, count);
            for (int x = 0; x < count; x++)
            {
                _weights[(i * _stride) + x] = ToFixed(window[x] / sum);
            }
        }
    }

    /// <summary>The first of the pixels that one wanted pixel is made of, and their weights.</summary>
    internal (int First, ReadOnlyMemory<int> Weights) this[int index] =>
        (_windows[index].First, _weights.AsMemory(index * _stride, _windows[index].Count));

    private static double Filter(double x) => x is >= -Support and < Support ? Sinc(x) * Sinc(x / Support) : 0;

    private static double Sinc(double x)
    {
        double angle = x * Math.PI;
        return x == 0 ? 1 : Math.Sin(angle) / angle;
    }

    /// <summary>Rounded half away from zero.</summary>
    private static int ToFixed(double weight) => (int)((weight < 0 ? -0.5 : 0.5) + (weight * (1 << FractionBits)));
}
