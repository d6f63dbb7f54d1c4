using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph;

/// <content>Elementwise arithmetic, comparisons, reductions and products.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>Elementwise sum with broadcasting.</summary>
        public static Tensor add(Tensor x, Tensor y, string? name = null) => Emit.Binary("Add", x, y, name);

        /// <summary>Elementwise difference with broadcasting.</summary>
        public static Tensor subtract(Tensor x, Tensor y, string? name = null) => Emit.Binary("Sub", x, y, name);

        /// <summary>Elementwise product with broadcasting.</summary>
        public static Tensor multiply(Tensor x, Tensor y, string? name = null) => Emit.Binary("Mul", x, y, name);

        /// <summary>The larger of two, elementwise.</summary>
        public static Tensor maximum(Tensor x, Tensor y, string? name = null) => Emit.Binary("Max", x, y, name);

        /// <summary>The larger of a tensor and a number, elementwise.</summary>
        public static Tensor maximum(Tensor x, double y, string? name = null) => Emit.Binary("Max", x, Emit.ScalarLike(y, x), name);

        /// <summary>The smaller of two, elementwise.</summary>
        public static Tensor minimum(Tensor x, Tensor y, string? name = null) => Emit.Binary("Min", x, y, name);

        /// <summary>The smaller of a tensor and a number, elementwise.</summary>
        public static Tensor minimum(Tensor x, double y, string? name = null) => Emit.Binary("Min", x, Emit.ScalarLike(y, x), name);

        /// <summary>Elementwise power.</summary>
        public static Tensor pow(Tensor x, Tensor y, string? name = null) => Emit.Binary("Pow", x, y, name);

        /// <summary>
        /// Elementwise quotient with broadcasting, as Python's <c>/</c>: of int32 and int64 it is float64, of uint8 float32.
        /// </summary>
        public static Tensor divide(Tensor x, Tensor y, string? name = null) => Emit.Divide(x, y, name);

        /// <summary>Sum of tensors of one shape.</summary>
        public static Tensor add_n(IReadOnlyList<Tensor> inputs) => inputs.Aggregate((sum, next) => sum + next);

        /// <summary>Elementwise negation.</summary>
        public static Tensor negative(Tensor x, string? name = null) => Emit.Unary("Neg", x, name);

        /// <summary>Elementwise absolute value.</summary>
        public static Tensor abs(Tensor x, string? name = null) => Emit.Unary("Abs", x, name);

        /// <summary>Elementwise sign: -1, 0 or 1.</summary>
        public static Tensor sign(Tensor x, string? name = null) => Emit.Unary("Sign", x, name);

        /// <summary>Elementwise square root.</summary>
        public static Tensor sqrt(Tensor x, string? name = null) => Emit.Unary("Sqrt", x, name);

        /// <summary>One over each element.</summary>
        public static Tensor reciprocal(Tensor x, string? name = null) => Emit.Unary("Reciprocal", x, name);

        /// <summary>Elementwise exponential.</summary>
        public static Tensor exp(Tensor x, string? name = null) => Emit.Unary("Exp", x, name);

        /// <summary>Elementwise natural logarithm.</summary>
        public static Tensor log(Tensor x, string? name = null) => Emit.Unary("Log", x, name);

        /// <summary>Elementwise sine.</summary>
        public static Tensor sin(Tensor x, string? name = null) => Emit.Unary("Sin", x, name);

        /// <summary>Elementwise cosine.</summary>
        public static Tensor cos(Tensor x, string? name = null) => Emit.Unary("Cos", x, name);

        /// <summary>The largest whole number not above each element.</summary>
        public static Tensor floor(Tensor x, string? name = null) => Emit.Unary("Floor", x, name);

        /// <summary>The smallest whole number not below each element.</summary>
        public static Tensor ceil(Tensor x, string? name = null) => Emit.Unary("Ceil", x, name);

        /// <summary>Each element rounded, halves to even.</summary>
        public static Tensor round(Tensor x, string? name = null) => Emit.Unary("Round", x, name);

        /// <summary>Elementwise hyperbolic tangent.</summary>
        public static Tensor tanh(Tensor x, string? name = null) => Emit.Unary("Tanh", x, name);

        /// <summary>Elementwise logistic function.</summary>
        public static Tensor sigmoid(Tensor x, string? name = null) => Emit.Unary("Sigmoid", x, name);

        /// <summary>Elementwise not.</summary>
        public static Tensor logical_not(Tensor x, string? name = null) => Emit.Unary("Not", x, name);

        /// <summary>Elementwise square.</summary>
        public static Tensor square(Tensor x, string? name = null) => Emit.Binary("Mul", x, x, name);

        /// <summary>One over the elementwise square root.</summary>
        public static Tensor rsqrt(Tensor x, string? name = null) => Emit.Unary("Reciprocal", Emit.Unary("Sqrt", x), name);

        /// <summary>Each element limited to a range.</summary>
        public static Tensor clip_by_value(Tensor t, double clip_value_min, double clip_value_max, string? name = null) =>
            Elementwise.ClipByValue(t, clip_value_min, clip_value_max, name);

        /// <summary>Whether each element of x is less than that of y.</summary>
        public static Tensor less(Tensor x, Tensor y, string? name = null) => Emit.Compare("Less", x, y, name);

        /// <summary>Whether each element of x is at most that of y.</summary>
        public static Tensor less_equal(Tensor x, Tensor y, string? name = null) => Emit.Compare("LessOrEqual", x, y, name);

        /// <summary>Whether each element of x is greater than that of y.</summary>
        public static Tensor greater(Tensor x, Tensor y, string? name = null) => Emit.Compare("Greater", x, y, name);

        /// <summary>Whether each element of x is at least that of y.</summary>
        public static Tensor greater_equal(Tensor x, Tensor y, string? name = null) => Emit.Compare("GreaterOrEqual", x, y, name);

        /// <summary>Whether elements are equal.</summary>
        public static Tensor equal(Tensor x, Tensor y, string? name = null) => Emit.Compare("Equal", x, y, name);

        /// <summary>Elementwise and.</summary>
        public static Tensor logical_and(Tensor x, Tensor y, string? name = null) => Emit.Compare("And", x, y, name);

        /// <summary>Elementwise or.</summary>
        public static Tensor logical_or(Tensor x, Tensor y, string? name = null) => Emit.Compare("Or", x, y, name);

        /// <summary>Whether each element is neither infinite nor NaN.</summary>
        public static Tensor is_finite(Tensor x, string? name = null) => Elementwise.IsFinite(x, name);

        /// <summary>
        /// Elements of x where the condition holds, of y elsewhere. A condition that is a scalar or a vector chooses whole tensors or rows;
        /// nothing is broadcast.
        /// </summary>
        /// <exception cref="ArgumentException">The shapes of x and y differ, or the condition is not of theirs, a scalar, or a vector of
        /// their first dimension.</exception>
        public static Tensor where(Tensor condition, Tensor x, Tensor y, string? name = null) => Elementwise.Select(condition, x, y, name);

        /// <summary>Elements of x where the condition holds, of y elsewhere, all three broadcast.</summary>
        public static Tensor where_v2(Tensor condition, Tensor x, Tensor y, string? name = null) =>
            Elementwise.Where(condition, x, y, name);

        /// <summary>Converts the element type; float to integer drops the fraction.</summary>
        public static Tensor cast(Tensor x, DataType dtype, string? name = null) => Emit.Cast(x, dtype, name);

        /// <summary>Converts to uint8 or int32; values out of range take the nearest limit, fractions are dropped.</summary>
        public static Tensor saturate_cast(Tensor value, DataType dtype, string? name = null) =>
            Elementwise.SaturateCast(value, dtype, name);

        /// <summary>Matrix product over the last two dimensions.</summary>
        public static Tensor matmul(Tensor a, Tensor b, string? name = null) => Reductions.MatMul(a, b, name);

        /// <summary>Sum over axes; over all of them when none is given.</summary>
        public static Tensor reduce_sum(Tensor input_tensor, int[]? axis = null, bool keepdims = false, string? name = null) =>
            Reductions.Reduce("ReduceSum", input_tensor, axis, keepdims, name);

        /// <summary>Mean over axes; over all of them when none is given.</summary>
        public static Tensor reduce_mean(Tensor input_tensor, int[]? axis = null, bool keepdims = false, string? name = null) =>
            Reductions.Reduce("ReduceMean", input_tensor, axis, keepdims, name);

        /// <summary>Largest element over axes; over all of them when none is given.</summary>
        public static Tensor reduce_max(Tensor input_tensor, int[]? axis = null, bool keepdims = false, string? name = null) =>
            Reductions.Reduce("ReduceMax", input_tensor, axis, keepdims, name);

        /// <summary>Smallest element over axes; over all of them when none is given.</summary>
        public static Tensor reduce_min(Tensor input_tensor, int[]? axis = null, bool keepdims = false, string? name = null) =>
            Reductions.Reduce("ReduceMin", input_tensor, axis, keepdims, name);

        /// <summary>Running sums along an axis, added up one after the other.</summary>
        public static Tensor cumsum(Tensor x, int axis = 0, string? name = null) => Reductions.CumulativeSum(x, axis, name);
    }
}
