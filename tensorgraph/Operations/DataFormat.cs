using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>
/// Where images have their channels, TensorFlow's <c>data_format</c>. Operations take NCHW; images of the other format are transposed
/// before and after.
/// </summary>
/// <param name="ChannelsLast">NHWC rather than NCHW.</param>
internal readonly record struct DataFormat(bool ChannelsLast)
{
    /// <summary>The format of that name.</summary>
    /// <exception cref="ArgumentException">The name is neither <c>NHWC</c> nor <c>NCHW</c>.</exception>
    internal static DataFormat Of(string name) => name switch
    {
        "NHWC" => new DataFormat(true),
        "NCHW" => new DataFormat(false),
        _ => throw new ArgumentException($"data_format is {name}; it must be NHWC or NCHW", nameof(name)),
    };

    /// <summary>Applies an operation on NCHW images to images of this format.</summary>
    internal Tensor Apply(Tensor images, Func<Tensor, Tensor> operation) =>
        ChannelsLast ? Arrays.Transpose(operation(Arrays.Transpose(images, [0, 3, 1, 2])), [0, 2, 3, 1]) : operation(images);

    /// <summary>
    /// Height and width of strides or of a window: one number for both, two numbers, or four in the order of the images' dimensions.
    /// </summary>
    internal (int Height, int Width) HeightAndWidth(IReadOnlyList<int> values, string parameter) => (values, ChannelsLast) switch
    {
        ([int both], _) => (both, both),
        ([int height, int width], _) => (height, width),
        ([1, int height, int width, 1], true) => (height, width),
        ([1, 1, int height, int width], false) => (height, width),
        _ => throw new ArgumentException(
            $"{parameter} is [{string.Join(", ", values)}]; give height and width, or four numbers with 1 for samples and channels",
            parameter),
    };
}
