using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Perceptual;

/// <summary>The weights of LPIPS on VGG16, whatever its widths.</summary>
/// <param name="Convolutions">Thirteen filters [3, 3, in, out] and biases [out], chained from 3 channels on.</param>
/// <param name="Channels">The channel weights [C] of the five feature levels, not negative.</param>
public sealed record LpipsWeights(IReadOnlyList<(NDArray Weight, NDArray Bias)> Convolutions, IReadOnlyList<NDArray> Channels)
{
    /// <summary>How many convolutions each of VGG16's blocks has; features are taken after each block's last.</summary>
    internal static ReadOnlySpan<int> Blocks => [2, 2, 3, 3, 3];

    private const int ConvolutionCount = 13;

    /// <summary>Reads the weights from the reference's <c>vgg16_zhang_perceptual.pkl</c> or another pickle of such a network.</summary>
    /// <exception cref="InvalidDataException">The file holds other things, or is damaged; the message says what was found and what is needed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LpipsWeights Load(string path)
    {
        NetworkPickle pickle = NetworkPickle.Load(path);
        return pickle.Networks.Count == 1
            ? FromArrays(pickle.Gs.Variables, path)
            : throw Wrong(path, $"it holds the networks {string.Join(", ", pickle.Networks.Select(n => n?.Name ?? "None"))}");
    }

    /// <summary>Finds the weights among a file's arrays by their shapes and order, not by their names.</summary>
    /// <param name="arrays">The file's arrays in order.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">They are not those of LPIPS on VGG16; the message says what was found and what is needed.</exception>
    public static LpipsWeights FromArrays(IEnumerable<(string Name, NDArray Value)> arrays, string file)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        List<NDArray> all = [.. arrays.Select(a => a.Value.dtype == typeof(float) ? a.Value : a.Value.astype(typeof(float)))];
        List<NDArray> filters = [.. all.Where(IsFilter)];
        CheckChain(filters, file);
        List<NDArray> rest = [.. all.Where(a => !IsFilter(a))];
        NDArray[] biases = [.. rest.Where(a => a.ndim == 1).Take(ConvolutionCount)];
        for (int i = 0; i < ConvolutionCount; i++)
        {
            if (i >= biases.Length || biases[i].size != filters[i].shape[3])
            {
                throw Wrong(file, $"convolution {i + 1} has {filters[i].shape[3]} filters, and no bias of that size follows");
            }
        }

        return new LpipsWeights([.. filters.Zip(biases)], ChannelWeights([.. rest.Where(a => !Array.Exists(biases, b => ReferenceEquals(a, b)))], filters, file));
    }

    private static bool IsFilter(NDArray value) => value.ndim == 4 && value.shape[0] == 3 && value.shape[1] == 3;

    private static void CheckChain(List<NDArray> filters, string file)
    {
        if (filters.Count != ConvolutionCount)
        {
            throw Wrong(file, $"it has {filters.Count} filters of 3x3");
        }

        long channels = 3;
        for (int i = 0; i < ConvolutionCount; i++)
        {
            if (filters[i].shape[2] != channels)
            {
                throw Wrong(file, $"convolution {i + 1} takes {filters[i].shape[2]} channels where the one before makes {channels}");
            }

            channels = filters[i].shape[3];
        }
    }

    private static NDArray[] ChannelWeights(List<NDArray> found, List<NDArray> filters, string file)
    {
        int[] lastOfBlock = [1, 3, 6, 9, 12];
        if (found.Count != lastOfBlock.Length)
        {
            throw Wrong(file, $"it has {found.Count} arrays of channel weights");
        }

        for (int i = 0; i < found.Count; i++)
        {
            long channels = filters[lastOfBlock[i]].shape[3];
            if (found[i].size != channels)
            {
                throw Wrong(file, $"channel weights {i + 1} have {found[i].size} values where the feature level has {channels} channels");
            }

            if (!Array.TrueForAll(found[i].Values<float>(), w => w >= 0))
            {
                throw Wrong(file, $"channel weights {i + 1} are not all positive");
            }
        }

        return [.. found.Select(f => f.reshape(new Shape(f.size)))];
    }

    private static InvalidDataException Wrong(string file, string found) =>
        new($"{file}: not LPIPS weights: {found}; needed are thirteen chained 3x3 convolutions with biases, from 3 channels on, and five arrays of channel weights");
}
