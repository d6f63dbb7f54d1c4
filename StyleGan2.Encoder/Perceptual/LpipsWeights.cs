using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Perceptual;

/// <summary>The weights of LPIPS on VGG16, whatever its widths.</summary>
/// <param name="Convolutions">Thirteen filters [3, 3, in, out] and biases [out], chained from 3 channels on.</param>
/// <param name="Channels">The channel weights [C] of the five feature levels, not negative.</param>
internal sealed record LpipsWeights(IReadOnlyList<(NDArray Weight, NDArray Bias)> Convolutions, IReadOnlyList<NDArray> Channels)
{
    /// <summary>How many convolutions each of VGG16's blocks has; features are taken after each block's last.</summary>
    internal static ReadOnlySpan<int> Blocks => [2, 2, 3, 3, 3];

    private const int ConvolutionCount = 13;

    private static readonly int[] s_lastOfBlock = [1, 3, 6, 9, 12];

    /// <summary>Reads the weights from files, judged by their content.</summary>
    /// <param name="paths">
    /// One file with all of them: the reference's <c>vgg16_zhang_perceptual.pkl</c> or another pickle of such a network, a .npz, or a
    /// <c>state_dict()</c> of PyTorch's (.pth).
    /// Or two files joined by a comma, in either order: torchvision's VGG16 and the linear weights of the <c>lpips</c> package
    /// (<c>vgg16.pth,vgg.pth</c>).
    /// </param>
    /// <exception cref="InvalidDataException">
    /// A file holds other things, or is damaged; the message says what was found and what is needed.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal static LpipsWeights Load(string paths)
    {
        ArgumentException.ThrowIfNullOrEmpty(paths);
        string[] files = FilesOf(paths);
        NDArray[][] arrays = [.. files.Select(f => WeightFile.Load(f).Select(a => a.Value).ToArray())];
        NDArray[] beside = [.. arrays.Where(a => !Array.Exists(a, IsFilter)).SelectMany(a => a)];
        return beside.Length > 0 && files.Length > 1
            ? From([.. arrays.Where(a => Array.Exists(a, IsFilter)).SelectMany(a => a)], beside, paths)
            : From([.. arrays.SelectMany(a => a)], null, paths);
    }

    /// <summary>Finds the weights among a file's arrays by their shapes and order, not by their names.</summary>
    /// <param name="arrays">The file's arrays in order; filters in TensorFlow's order of axes or in PyTorch's [out, in, 3, 3].</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">
    /// They are not those of LPIPS on VGG16; the message says what was found and what is needed.
    /// </exception>
    internal static LpipsWeights FromArrays(IEnumerable<(string Name, NDArray Value)> arrays, string file) =>
        From([.. arrays.Select(a => a.Value)], null, file);

    /// <summary>The files that the paths given to <see cref="Load"/> name.</summary>
    internal static string[] FilesOf(string paths) => File.Exists(paths) ? [paths] : paths.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>The error for files that hold something else.</summary>
    internal static InvalidDataException Wrong(string file, string found) => new(
        $"{file}: not LPIPS weights: {found}; needed are thirteen chained 3x3 convolutions with biases, from 3 channels on, "
        + "and five arrays of channel weights (two files are joined by a comma: vgg16.pth,vgg.pth)");

    private static LpipsWeights From(NDArray[] found, NDArray[]? beside, string file)
    {
        NDArray[] arrays = [.. found.Where(IsFloating)];
        List<NDArray> rest = [.. arrays];
        List<(NDArray Weight, NDArray Bias)> convolutions = [];
        foreach ((NDArray array, NDArray filter) in Filters(arrays, file))
        {
            int at = rest.FindIndex(a => ReferenceEquals(a, array));
            int bias = rest.FindIndex(at, a => a.ndim == 1 && a.size == filter.shape[3]);
            if (bias < 0)
            {
                throw Wrong(file, $"convolution {convolutions.Count + 1} has {filter.shape[3]} filters, and no bias of that size follows");
            }

            convolutions.Add((filter.ContiguousAs(typeof(float)), rest[bias].ContiguousAs(typeof(float))));
            rest.RemoveAt(bias);
            rest.RemoveAt(at);
        }

        Queue<NDArray> vectors = new((beside?.Where(IsFloating) ?? rest).Where(a => a.size > 0 && a.size == a.shape.Max()));
        return new LpipsWeights(
            convolutions,
            [.. s_lastOfBlock.Select((c, level) => ChannelWeights(vectors, convolutions[c].Weight.shape[3], level + 1, file))]);
    }

    /// <summary>Finds the filters, and turns those in PyTorch's order of axes.</summary>
    private static List<(NDArray Array, NDArray Filter)> Filters(NDArray[] arrays, string file)
    {
        List<(NDArray Array, NDArray Filter)> asStored = [.. arrays.Where(HasSquareFirst).Select(a => (a, a))];
        List<(NDArray Array, NDArray Filter)> turned = [.. arrays.Where(HasSquareLast).Select(a => (a, a.transpose([2, 3, 1, 0])))];
        string? problem = Problem(asStored), problemOfTurned = Problem(turned);
        return problem is null ? asStored
            : problemOfTurned is null ? turned
            : throw Wrong(file, asStored.Count >= turned.Count ? problem : problemOfTurned);
    }

    private static bool IsFloating(NDArray value) => value.typecode is NPTypeCode.Half or NPTypeCode.Single or NPTypeCode.Double;

    private static bool IsFilter(NDArray value) => HasSquareFirst(value) || HasSquareLast(value);

    private static bool HasSquareFirst(NDArray value) => value.ndim == 4 && value.shape[0] == 3 && value.shape[1] == 3;

    private static bool HasSquareLast(NDArray value) => value.ndim == 4 && value.shape[2] == 3 && value.shape[3] == 3;

    /// <summary>Why filters are not VGG16's; null where they are.</summary>
    private static string? Problem(List<(NDArray Array, NDArray Filter)> filters)
    {
        if (filters.Count != ConvolutionCount)
        {
            return $"it has {filters.Count} filters of 3x3";
        }

        long channels = 3;
        for (int i = 0; i < ConvolutionCount; i++)
        {
            if (filters[i].Filter.shape[2] != channels)
            {
                return $"convolution {i + 1} takes {filters[i].Filter.shape[2]} channels where the one before makes {channels}";
            }

            channels = filters[i].Filter.shape[3];
        }

        return null;
    }

    /// <summary>The next array of the right size: torchvision's files have others beside the convolutions.</summary>
    private static NDArray ChannelWeights(Queue<NDArray> vectors, long channels, int level, string file)
    {
        while (vectors.TryDequeue(out NDArray? vector))
        {
            if (vector.size == channels)
            {
                NDArray weights = vector.ContiguousAs(typeof(float)).reshape(new Shape(channels));
                return Array.TrueForAll(weights.Values<float>(), w => w >= 0)
                    ? weights
                    : throw Wrong(file, $"channel weights {level} are not all positive");
            }
        }

        throw Wrong(file, $"feature level {level} has {channels} channels, and it has no array of as many channel weights for it");
    }
}
