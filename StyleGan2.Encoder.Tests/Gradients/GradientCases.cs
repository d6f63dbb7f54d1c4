using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Gradients;

/// <summary>What each gradient rule is checked on: every way in which the graph uses the operation.</summary>
internal static class GradientCases
{
    private static readonly int[] s_matrix = [2, 3];
    private static readonly int[] s_image = [2, 2, 5, 4];
    private static readonly int[] s_even = [2, 3, 4, 6];

    internal static IReadOnlyDictionary<string, GradientCase[]> All { get; } = new Dictionary<string, GradientCase[]>
    {
        ["Add"] = Broadcasts((a, b) => a + b),
        ["Sub"] = Broadcasts((a, b) => a - b),
        ["Mul"] = [.. Broadcasts((a, b) => a * b), Unary(x => x * x)],
        ["Div"] = Broadcasts((a, b) => a / b, isPositive: true),
        ["Pow"] = Broadcasts((a, b) => tf.pow(a, b), isPositive: true),
        ["Max"] = Broadcasts((a, b) => tf.maximum(a, b)),
        ["Min"] = Broadcasts((a, b) => tf.minimum(a, b)),

        ["Neg"] = [Unary(x => -x)],
        ["Abs"] = [Unary(x => tf.abs(x))],
        ["Sqrt"] = [Unary(x => tf.sqrt(x), isPositive: true)],
        ["Reciprocal"] = [Unary(x => tf.reciprocal(x))],
        ["Exp"] = [Unary(x => tf.exp(x))],
        ["Log"] = [Unary(x => tf.log(x), isPositive: true)],
        ["Sin"] = [Unary(x => tf.sin(x))],
        ["Cos"] = [Unary(x => tf.cos(x))],
        ["Identity"] = [Unary(x => tf.identity(x) * x)],
        ["Cast"] = [Unary(x => tf.cast(tf.cast(x, x.DType == tf.float64 ? tf.float32 : tf.float64), x.DType) * x)],

        ["Relu"] = [Unary(x => tf.nn.relu(x) * x)],
        ["LeakyRelu"] = [Unary(x => tf.nn.leaky_relu(x, 0.25f) * x)],
        ["Tanh"] = [Unary(x => tf.tanh(x))],
        ["Sigmoid"] = [Unary(x => tf.sigmoid(x))],
        ["Softplus"] = [Unary(x => tf.nn.softplus(x))],
        ["Elu"] = [Unary(x => tf.nn.elu(x))],
        ["Selu"] = [Unary(x => tf.nn.selu(x))],
        ["Clip"] = [Unary(x => tf.clip_by_value(x, -0.5, 0.75) * x)],
        ["Where"] =
        [
            new(x => tf.where_v2(tf.greater(x[0], tf.constant(0, x[0].DType)), x[1] * x[1], x[2]), [s_matrix, s_matrix, [1, 3]]),
        ],

        ["MatMul"] =
        [
            new(x => tf.matmul(x[0], x[1]), [[2, 3], [3, 4]]),
            new(x => tf.matmul(x[0], x[1]), [[2, 3], [3, 4]], UnknownSamples: true),
            new(x => tf.matmul(x[0], x[1]), [[5, 2, 3], [1, 3, 4]]),
        ],
        ["ReduceSum"] = Reductions((x, axis, keep) => tf.reduce_sum(x * x, axis, keep)),
        ["ReduceMean"] = Reductions((x, axis, keep) => tf.reduce_mean(x * x, axis, keep)),
        ["ReduceMax"] = Reductions((x, axis, keep) => tf.reduce_max(x * x, axis, keep)),
        ["ReduceMin"] = Reductions((x, axis, keep) => tf.reduce_min(x * x, axis, keep)),

        ["Reshape"] = [Unary(x => tf.reshape(x * x, [3, 2])), Unary(x => tf.reshape(x * x, [-1]), unknownSamples: true)],
        ["Unsqueeze"] = [Unary(x => tf.expand_dims(x * x, 1)), Unary(x => tf.expand_dims(x * x, 2), unknownSamples: true)],
        ["Expand"] = [new(x => tf.broadcast_to(x[0] * x[0], [4, 2, 3]), [[2, 1]])],
        ["Transpose"] = [new(x => tf.transpose(x[0] * x[0], [2, 0, 1]), [[2, 3, 4]])],
        ["Concat"] = [new(x => tf.concat([x[0] * x[0], x[1], x[0]], 1), [[2, 3], [2, 1]])],
        ["Slice"] =
        [
            new(x => tf.slice(x[0] * x[0], [1, 0], [2, 4]), [[4, 5]]),
            new(x => Arrays.SliceAxes(x[0] * x[0], [1], [1], [int.MaxValue], [2]), [[2, 6]]),
            new(x => Arrays.SliceAxes(x[0] * x[0], [1], [-2], [int.MinValue], [-2]), [[2, 6]]),
            new(x => tf.reverse(x[0] * x[0], [0, 1]), [[3, 4]]),
        ],
        ["Pad"] = [new(x => Arrays.Pad(x[0] * x[0], [(1, 2), (-1, 1)]), [[2, 4]])],
        ["Tile"] = [new(x => tf.tile(x[0] * x[0], [2, 3]), [[2, 3]])],
        ["DepthToSpace"] = [new(x => tf.depth_to_space(x[0] * x[0], 2, data_format: "NCHW"), [[1, 8, 2, 3]])],
        ["SpaceToDepth"] = [new(x => tf.space_to_depth(x[0] * x[0], 2, data_format: "NCHW"), [[1, 2, 4, 6]])],

        ["Conv"] =
        [
            Convolution([3, 2, 3, 3], new ConvolutionWindow(1, 1, 1, 1, 1, 1)),
            Convolution([3, 2, 3, 2], new ConvolutionWindow(1, 1, 4, 0, 0, 3)),
            Convolution([3, 2, 3, 3], new ConvolutionWindow(2, 2, 0, 1, 1, 0)),
            Convolution([3, 2, 2, 2], new ConvolutionWindow(1, 1, 1, 1, 1, 1, 2, 2)),
            Convolution([4, 1, 3, 3], new ConvolutionWindow(1, 1, 1, 1, 1, 1), groups: 2),
            Convolution([2, 1, 3, 3], new ConvolutionWindow(2, 2, 1, 1, 1, 1), groups: 2),
        ],
        ["ConvTranspose"] =
        [
            Transposed([2, 3, 3, 3], new ConvolutionWindow(2, 2, 0, 0, 0, 0), 11, 9),
            Transposed([2, 3, 3, 3], new ConvolutionWindow(2, 2, 0, 1, 1, 0), 10, 8),
            Transposed([2, 2, 4, 4], new ConvolutionWindow(2, 2, 1, 1, 2, 2), 9, 7, groups: 2),
        ],
        ["MaxPool"] = [new(x => MaxPool(x[0] * x[0], 2), [s_even]), new(x => MaxPool(x[0], 2), [s_image])],
        ["AveragePool"] = [new(x => Pools.Average(x[0] * x[0], 2), [s_even]), new(x => Pools.Average(x[0] * x[0], 3), [s_image])],
        ["Resize"] = [new(x => Pools.UpsampleNearest(x[0] * x[0], 3), [s_image])],

        ["Sign"] = [Unary(x => tf.sign(x) * x)],
        ["Floor"] = [Unary(x => tf.floor(x) * x)],
        ["Ceil"] = [Unary(x => tf.ceil(x) * x)],
        ["Round"] = [Unary(x => tf.round(x) * x)],
        ["HardSigmoid"] = [Unary(x => Elementwise.Step(x) * x)],
    };

    private static GradientCase Unary(Func<Tensor, Tensor> f, bool isPositive = false, bool unknownSamples = false) =>
        new(x => f(x[0]), [s_matrix], isPositive, unknownSamples);

    private static GradientCase[] Broadcasts(Func<Tensor, Tensor, Tensor> f, bool isPositive = false) =>
    [
        new(x => f(x[0], x[1]), [[2, 3], [2, 3]], isPositive),
        new(x => f(x[0], x[1]), [[2, 3], [3]], isPositive),
        new(x => f(x[0], x[1]), [[2, 1], [4, 1, 3]], isPositive),
        new(x => f(x[0], x[1]), [[2, 3], [1, 3]], isPositive, UnknownSamples: false),
    ];

    private static GradientCase[] Reductions(Func<Tensor, int[]?, bool, Tensor> f) =>
    [
        new(x => f(x[0], null, false), [[2, 3, 2]]),
        new(x => f(x[0], [1], false), [[2, 3, 2]]),
        new(x => f(x[0], [0, 2], true), [[2, 3, 2]]),
        new(x => f(x[0], [0], false), [[2, 3]], UnknownSamples: true),
    ];

    private static Tensor MaxPool(Tensor x, int size) => Pools.Pool("MaxPool", x, size, size);

    private static GradientCase Convolution(int[] filters, ConvolutionWindow window, int groups = 1) =>
        new(x => Convolutions.Conv(x[0], x[1], window, groups), [s_image, filters]);

    private static GradientCase Transposed(int[] filters, ConvolutionWindow window, int height, int width, int groups = 1) =>
        new(x => Convolutions.ConvTranspose(x[0], x[1], window, height, width, groups), [s_image, filters]);
}
