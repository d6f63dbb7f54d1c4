using System.Collections.Frozen;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace TensorGraph.Gradients;

/// <summary>One gradient rule for each operation. Broadcasting is undone outside, see <see cref="Broadcasting"/>.</summary>
internal static class GradientRules
{
    private static readonly GradientRule s_none = (_, _, _) => null;

    private static readonly FrozenDictionary<string, GradientRule> s_rules = new Dictionary<string, GradientRule>
    {
        ["Add"] = (_, dy, _) => dy,
        ["Sub"] = (_, dy, i) => i == 0 ? dy : -dy,
        ["Mul"] = (op, dy, i) => dy * op.Inputs[1 - i],
        ["Div"] = (op, dy, i) => i == 0 ? dy / op.Inputs[1] : -(dy * op.Output / op.Inputs[1]),
        ["Pow"] = (op, dy, i) => dy * (i == 0 ? op.Inputs[1] * tf.pow(op.Inputs[0], op.Inputs[1] - 1.0) : op.Output * LogOfPositive(op.Inputs[0])),
        ["Max"] = (op, dy, i) => dy * Where(i == 0 ? tf.greater_equal(op.Inputs[0], op.Inputs[1]) : tf.less(op.Inputs[0], op.Inputs[1]), dy),
        ["Min"] = (op, dy, i) => dy * Where(i == 0 ? tf.less_equal(op.Inputs[0], op.Inputs[1]) : tf.greater(op.Inputs[0], op.Inputs[1]), dy),

        ["Neg"] = (_, dy, _) => -dy,
        ["Abs"] = (op, dy, _) => dy * tf.sign(op.Inputs[0]),
        ["Sqrt"] = (op, dy, _) => dy * (0.5 / op.Output),
        ["Reciprocal"] = (op, dy, _) => -(dy * op.Output * op.Output),
        ["Exp"] = (op, dy, _) => dy * op.Output,
        ["Log"] = (op, dy, _) => dy / op.Inputs[0],
        ["Sin"] = (op, dy, _) => dy * tf.cos(op.Inputs[0]),
        ["Cos"] = (op, dy, _) => -(dy * tf.sin(op.Inputs[0])),
        ["Identity"] = (op, dy, _) => op.Attributes.ContainsKey(GraphAttributes.StopGradient) ? null : dy,
        ["Cast"] = (op, dy, _) => tf.cast(dy, op.Inputs[0].DType),

        ["Relu"] = (op, dy, _) => dy * tf.step(op.Output),
        ["LeakyRelu"] = (op, dy, _) => dy * LeakyReluSlope(op.Inputs[0], op.Attribute<float>("alpha")),
        ["Tanh"] = (op, dy, _) => dy * (1.0 - tf.square(op.Output)),
        ["Sigmoid"] = (op, dy, _) => dy * op.Output * (1.0 - op.Output),
        ["Softplus"] = (op, dy, _) => dy * tf.sigmoid(op.Inputs[0]),
        ["Elu"] = (op, dy, _) => dy * tf.minimum(op.Output + 1.0, 1),
        ["Selu"] = (op, dy, _) => dy * SeluSlope(op),
        ["Clip"] = (op, dy, i) => i > 0 ? null : dy * Where(tf.logical_and(tf.greater_equal(op.Inputs[0], op.Inputs[1]), tf.less_equal(op.Inputs[0], op.Inputs[2])), dy),
        ["Where"] = (op, dy, i) => i switch
        {
            0 => null,
            1 => tf.where(op.Inputs[0], dy, tf.scalar_like(0, dy)),
            _ => tf.where(op.Inputs[0], tf.scalar_like(0, dy), dy),
        },

        ["MatMul"] = (op, dy, i) => i == 0 ? tf.matmul(dy, SwapLast(op.Inputs[1])) : tf.matmul(SwapLast(op.Inputs[0]), dy),
        ["ReduceSum"] = (op, dy, _) => Broadcasting.Restore(dy, op.Inputs[0], ArrayGradients.ReducedAxes(op)),
        ["ReduceMean"] = (op, dy, _) => Broadcasting.Restore(ArrayGradients.DividedByCount(op, dy), op.Inputs[0], ArrayGradients.ReducedAxes(op)),
        ["ReduceMax"] = (op, dy, _) => ArrayGradients.Extremum(op, dy),
        ["ReduceMin"] = (op, dy, _) => ArrayGradients.Extremum(op, dy),

        ["Reshape"] = (op, dy, _) => tf.reshape(dy, tf.shape(op.Inputs[0]), op.Inputs[0].Shape),
        ["Unsqueeze"] = (op, dy, _) => tf.reshape(dy, tf.shape(op.Inputs[0]), op.Inputs[0].Shape),
        ["Expand"] = (_, dy, _) => dy,
        ["Transpose"] = (op, dy, _) => tf.transpose(dy, ArrayGradients.InversePermutation(op)),
        ["Concat"] = ArrayGradients.Concat,
        ["Slice"] = (op, dy, _) => ArrayGradients.Slice(op, dy),
        ["Pad"] = (op, dy, _) => ArrayGradients.Pad(op, dy),
        ["Tile"] = (op, dy, _) => ArrayGradients.Tile(op, dy),
        ["DepthToSpace"] = (op, dy, _) => tf.space_to_depth(dy, (int)op.Attribute<long>("blocksize")),
        ["SpaceToDepth"] = (op, dy, _) => tf.depth_to_space(dy, (int)op.Attribute<long>("blocksize")),

        ["Conv"] = (op, dy, i) => i == 0 ? ConvolutionGradients.ForImages(op, dy) : ConvolutionGradients.ForWeights(op, dy),
        ["ConvTranspose"] = (op, dy, i) => i == 0 ? ConvolutionGradients.ForTransposedImages(op, dy) : ConvolutionGradients.ForTransposedWeights(op, dy),
        ["MaxPool"] = (op, dy, _) => ConvolutionGradients.MaxPool(op, dy),
        ["AveragePool"] = (op, dy, _) => ConvolutionGradients.AveragePool(op, dy),
        ["Resize"] = (op, dy, _) => ConvolutionGradients.UpsampleNearest(op, dy),

        ["Sign"] = s_none,
        ["Floor"] = s_none,
        ["Ceil"] = s_none,
        ["Round"] = s_none,
        ["HardSigmoid"] = s_none,
    }.ToFrozenDictionary();

    /// <summary>The operators that have a rule.</summary>
    internal static IEnumerable<string> Types => s_rules.Keys;

    internal static GradientRule Of(Operation operation) =>
        s_rules.GetValueOrDefault(operation.Type)
            ?? throw new NotSupportedException($"{operation.Name}: there is no gradient rule for operation {operation.Type}");

    /// <summary>1 where the condition holds, 0 elsewhere.</summary>
    private static Tensor Where(Tensor condition, Tensor like) => tf.cast(condition, like.DType);

    private static Tensor SwapLast(Tensor x)
    {
        int rank = x.Shape.Rank;
        return tf.transpose(x, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }

    /// <summary>The logarithm, and 0 where there is none.</summary>
    private static Tensor LogOfPositive(Tensor x) => tf.log(tf.where(tf.greater(x, tf.scalar_like(0, x)), x, tf.scalar_like(1, x)));

    /// <summary>1 for positive inputs, alpha elsewhere: scaled up, every float but zero leaves the range that the clip keeps.</summary>
    private static Tensor LeakyReluSlope(Tensor x, float alpha) => tf.stop_gradient(tf.clip_by_value(x * float.MaxValue, alpha, 1));

    private static Tensor SeluSlope(Operation op)
    {
        const double Alpha = 1.67326319217681884765625;
        const double Gamma = 1.05070102214813232421875;
        return tf.where(tf.greater_equal(op.Inputs[0], tf.scalar_like(0, op.Output)), tf.scalar_like(Gamma, op.Output), op.Output + (Alpha * Gamma));
    }
}
