using System.Collections.Frozen;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Graphs.Emit;
using static TensorGraph.Operations.Elementwise;

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
        ["Pow"] = (op, dy, i) =>
            dy * (i == 0 ? op.Inputs[1] * Binary("Pow", op.Inputs[0], op.Inputs[1] - 1.0) : op.Output * LogOfPositive(op.Inputs[0])),
        ["Max"] = (op, dy, i) => dy * Mask(op, i == 0 ? "GreaterOrEqual" : "Less"),
        ["Min"] = (op, dy, i) => dy * Mask(op, i == 0 ? "LessOrEqual" : "Greater"),

        ["Neg"] = (_, dy, _) => -dy,
        ["Abs"] = (op, dy, _) => dy * Unary("Sign", op.Inputs[0]),
        ["Sqrt"] = (op, dy, _) => dy * (0.5 / op.Output),
        ["Reciprocal"] = (op, dy, _) => -(dy * op.Output * op.Output),
        ["Exp"] = (op, dy, _) => dy * op.Output,
        ["Log"] = (op, dy, _) => dy / op.Inputs[0],
        ["Sin"] = (op, dy, _) => dy * Unary("Cos", op.Inputs[0]),
        ["Cos"] = (op, dy, _) => -(dy * Unary("Sin", op.Inputs[0])),
        ["Identity"] = (op, dy, _) => op.StopsGradient ? null : dy,
        ["Cast"] = (op, dy, _) => Cast(dy, op.Inputs[0].DType),

        ["Relu"] = (op, dy, _) => dy * Step(op.Output),
        ["LeakyRelu"] = (op, dy, _) => dy * LeakyReluSlope(op.Inputs[0], op.Attribute<float>("alpha")),
        ["Tanh"] = (op, dy, _) => dy * (1.0 - (op.Output * op.Output)),
        ["Sigmoid"] = (op, dy, _) => dy * op.Output * (1.0 - op.Output),
        ["Softplus"] = (op, dy, _) => dy * Unary("Sigmoid", op.Inputs[0]),
        ["Elu"] = (op, dy, _) => dy * Binary("Min", op.Output + 1.0, ScalarLike(1, op.Output)),
        ["Selu"] = (op, dy, _) => dy * SeluSlope(op),
        ["Clip"] = (op, dy, i) => i > 0 ? null : dy * WithinLimits(op),
        ["Where"] = (op, dy, i) => i switch
        {
            0 => null,
            1 => Where(op.Inputs[0], dy, ScalarLike(0, dy)),
            _ => Where(op.Inputs[0], ScalarLike(0, dy), dy),
        },

        ["MatMul"] = (op, dy, i) =>
            i == 0 ? Reductions.MatMul(dy, SwapLast(op.Inputs[1])) : Reductions.MatMul(SwapLast(op.Inputs[0]), dy),
        ["ReduceSum"] = (op, dy, _) => Broadcasting.Restore(dy, op.Inputs[0], ArrayGradients.ReducedAxes(op)),
        ["ReduceMean"] = (op, dy, _) =>
            Broadcasting.Restore(ArrayGradients.DividedByCount(op, dy), op.Inputs[0], ArrayGradients.ReducedAxes(op)),
        ["ReduceMax"] = (op, dy, _) => ArrayGradients.Extremum(op, dy),
        ["ReduceMin"] = (op, dy, _) => ArrayGradients.Extremum(op, dy),

        ["Reshape"] = (op, dy, _) => Shapes.Reshape(dy, Shapes.Of(op.Inputs[0])),
        ["Unsqueeze"] = (op, dy, _) => Shapes.Reshape(dy, Shapes.Of(op.Inputs[0])),
        ["Expand"] = (_, dy, _) => dy,
        ["Transpose"] = (op, dy, _) => Arrays.Transpose(dy, ArrayGradients.InversePermutation(op)),
        ["Concat"] = ArrayGradients.Concat,
        ["Slice"] = (op, dy, _) => ArrayGradients.Slice(op, dy),
        ["Pad"] = (op, dy, _) => ArrayGradients.Pad(op, dy),
        ["Tile"] = (op, dy, _) => ArrayGradients.Tile(op, dy),
        ["DepthToSpace"] = (op, dy, _) => Arrays.SpaceToDepth(dy, (int)op.Attribute<long>("blocksize")),
        ["SpaceToDepth"] = (op, dy, _) => Arrays.DepthToSpace(dy, (int)op.Attribute<long>("blocksize")),

        ["Conv"] = (op, dy, i) => i == 0 ? ConvolutionGradients.ForImages(op, dy) : ConvolutionGradients.ForWeights(op, dy),
        ["ConvTranspose"] = (op, dy, i) =>
            i == 0 ? ConvolutionGradients.ForTransposedImages(op, dy) : ConvolutionGradients.ForTransposedWeights(op, dy),
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

    /// <summary>1 where a comparison of both inputs holds, 0 elsewhere.</summary>
    private static Tensor Mask(Operation op, string comparison) => Cast(Compare(comparison, op.Inputs[0], op.Inputs[1]), op.Output.DType);

    /// <summary>1 where Clip keeps its input, the limits included, 0 elsewhere.</summary>
    private static Tensor WithinLimits(Operation op)
    {
        Tensor x = op.Inputs[0];
        return Cast(Compare("And", Compare("GreaterOrEqual", x, op.Inputs[1]), Compare("LessOrEqual", x, op.Inputs[2])), x.DType);
    }

    private static Tensor SwapLast(Tensor x)
    {
        int rank = x.Shape.Rank;
        return Arrays.Transpose(x, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }

    /// <summary>The logarithm, and 0 where there is none.</summary>
    private static Tensor LogOfPositive(Tensor x) =>
        Unary("Log", Where(Compare("Greater", x, ScalarLike(0, x)), x, ScalarLike(1, x)));

    /// <summary>1 for positive inputs, alpha elsewhere: scaled up, every float but zero leaves the range that the clip keeps.</summary>
    private static Tensor LeakyReluSlope(Tensor x, float alpha) => StopGradient(ClipByValue(x * float.MaxValue, alpha, 1));

    private static Tensor SeluSlope(Operation op)
    {
        const double Alpha = 1.67326319217681884765625;
        const double Gamma = 1.05070102214813232421875;
        Tensor isNotNegative = Compare("GreaterOrEqual", op.Inputs[0], ScalarLike(0, op.Output));
        return Where(isNotNegative, ScalarLike(Gamma, op.Output), op.Output + (Alpha * Gamma));
    }
}
