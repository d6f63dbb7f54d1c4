using NumSharp;
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

        /// <summary>Elementwise quotient with broadcasting.</summary>
        public static Tensor divide(Tensor x, Tensor y, string? name = null) => Emit.Binary("Div", x, y, name);

        /// <summary>The larger of two, elementwise.</summary>
        public static Tensor maximum(Tensor x, Tensor y, string? name = null) => Emit.Binary("Max", x, y, name);

        /// <summary>The larger of a tensor and a number, elementwise.</summary>
        public static Tensor maximum(Tensor x, double y) => maximum(x, scalar_like(y, x));

        /// <summary>The smaller of two, elementwise.</summary>
        public static Tensor minimum(Tensor x, Tensor y, string? name = null) => Emit.Binary("Min", x, y, name);

        /// <summary>The smaller of a tensor and a number, elementwise.</summary>
        public static Tensor minimum(Tensor x, double y) => minimum(x, scalar_like(y, x));

        /// <summary>Elementwise power.</summary>
        public static Tensor pow(Tensor x, Tensor y, string? name = null) => Emit.Binary("Pow", x, y, name);

        /// <summary>Sum of tensors of one shape.</summary>
        public static Tensor add_n(IReadOnlyList<Tensor> inputs) => inputs.Aggregate((sum, next) => sum + next);

        /// <summary>Elementwise negation.</summary>
        public static Tensor negative(Tensor x, string? name = null) => Emit.Unary("Neg", x, name);

        /// <summary>Elementwise absolute value.</summary>
        public static Tensor abs(Tensor x, string? name = null) => Emit.Unary("Abs", x, name);

        /// <summary>Elementwise sign: -1, 0 or 1.</summary>
        public static Tensor sign(Tensor x, string? name = null) => Emit.Unary("Sign", x, name);

        /// <summary>Elementwise square.</summary>
        public static Tensor square(Tensor x, string? name = null) => multiply(x, x, name);

        /// <summary>Elementwise square root.</summary>
        public static Tensor sqrt(Tensor x, string? name = null) => Emit.Unary("Sqrt", x, name);

        /// <summary>One over the elementwise square root.</summary>
        public static Tensor rsqrt(Tensor x, string? name = null) => reciprocal(sqrt(x), name);

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

        /// <summary>Each element limited to a range.</summary>
        public static Tensor clip_by_value(Tensor x, double min, double max, string? name = null) =>
            Emit.Node("Clip", [x, scalar_like(min, x), scalar_like(max, x)], x.DType, x.Shape, name);

        /// <summary>1 where an element is above zero, else 0, in the tensor's own element type; one pass over memory.</summary>
        public static Tensor step(Tensor x, string? name = null) =>
            Emit.Unary("HardSigmoid", x, name, new Dictionary<string, object> { ["alpha"] = float.MaxValue, ["beta"] = 0f });

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

        /// <summary>Elementwise not.</summary>
        public static Tensor logical_not(Tensor x, string? name = null) => Emit.Unary("Not", x, name);

        /// <summary>Whether each element is neither infinite nor NaN.</summary>
        public static Tensor is_finite(Tensor x, string? name = null)
        {
            Tensor zero = x * 0.0;
            return equal(zero, zero, name);
        }

        /// <summary>A scalar: whether every element is neither infinite nor NaN; one product and one sum over the tensor.</summary>
        public static Tensor all_finite(Tensor x, string? name = null) => equal(reduce_sum(x * 0.0), scalar_like(0, x), name);

        /// <summary>Elements of x where the condition holds, of y elsewhere, with broadcasting.</summary>
        public static Tensor where(Tensor condition, Tensor x, Tensor y, string? name = null)
        {
            TensorShape values = Emit.BroadcastShape("Where", x, y);
            TensorShape shape = TensorShape.Broadcast(condition.Shape, values)
                ?? throw new ArgumentException($"Where: condition {condition.Shape} and values {values} do not broadcast");
            return Emit.Node("Where", [condition, x, y], x.DType, shape, name);
        }

        /// <summary>Converts the element type; float to integer drops the fraction.</summary>
        public static Tensor cast(Tensor x, DataType dtype, string? name = null)
        {
            if (x.DType == dtype)
            {
                return x;
            }

            // A repeated value is converted before it is repeated.
            return x.Operation is { Type: "Expand", Inputs: [Tensor value, Tensor shape] }
                ? broadcast_to(cast(value, dtype), shape, x.Shape, name)
                : Emit.Node("Cast", [x], dtype, x.Shape, name, new Dictionary<string, object> { ["to"] = (long)dtype });
        }

        /// <summary>Converts to uint8, out-of-range values taking the nearest limit, fractions dropped.</summary>
        public static Tensor saturate_cast_uint8(Tensor x, string? name = null) => cast(clip_by_value(x, 0, 255), DataType.UInt8, name);

        /// <summary>Matrix product over the last two dimensions.</summary>
        public static Tensor matmul(Tensor a, Tensor b, string? name = null)
        {
            if (a.DType != b.DType || a.Shape.Rank < 2 || b.Shape.Rank < 2 || (a.Shape[-1] >= 0 && b.Shape[-2] >= 0 && a.Shape[-1] != b.Shape[-2]))
            {
                throw new ArgumentException($"MatMul: {a} and {b} do not multiply");
            }

            TensorShape outerA = [.. a.Shape.Take(a.Shape.Rank - 2)];
            TensorShape outerB = [.. b.Shape.Take(b.Shape.Rank - 2)];
            TensorShape outer = TensorShape.Broadcast(outerA, outerB) ?? throw new ArgumentException($"MatMul: {a} and {b} do not broadcast");
            return Emit.Node("MatMul", [a, b], a.DType, [.. outer, a.Shape[-2], b.Shape[-1]], name);
        }

        /// <summary>Sum over axes; all of them when none is given.</summary>
        public static Tensor reduce_sum(Tensor x, int[]? axis = null, bool keepdims = false, string? name = null) => Reduce("ReduceSum", x, axis, keepdims, name);

        /// <summary>Mean over axes; all of them when none is given.</summary>
        public static Tensor reduce_mean(Tensor x, int[]? axis = null, bool keepdims = false, string? name = null) => Reduce("ReduceMean", x, axis, keepdims, name);

        /// <summary>Largest element over axes; all of them when none is given.</summary>
        public static Tensor reduce_max(Tensor x, int[]? axis = null, bool keepdims = false, string? name = null) => Reduce("ReduceMax", x, axis, keepdims, name);

        /// <summary>Smallest element over axes; all of them when none is given.</summary>
        public static Tensor reduce_min(Tensor x, int[]? axis = null, bool keepdims = false, string? name = null) => Reduce("ReduceMin", x, axis, keepdims, name);

        /// <summary>Running sums along an axis, added up one after the other.</summary>
        public static Tensor cumsum(Tensor x, int axis, string? name = null) =>
            Emit.Node("CumSum", [x, constant(NDArray.Scalar((long)Emit.Axis(axis, x.Shape.Rank, "CumSum")))], x.DType, x.Shape, name);

        /// <summary>Above so many elements, one running float32 sum loses digits that pairwise sums keep.</summary>
        private const long LongSum = 1 << 12;

        private static Tensor Reduce(string type, Tensor x, int[]? axis, bool keepdims, string? name)
        {
            int[] axes = axis is null ? [.. Enumerable.Range(0, x.Shape.Rank)] : [.. axis.Select(a => Emit.Axis(a, x.Shape.Rank, type)).Order()];
            if (type is "ReduceSum" or "ReduceMean" && axes.Length > 1 && axes.Aggregate(1L, (n, a) => n * x.Shape[a]) > LongSum)
            {
                Tensor rows = Reduce(type, x, [axes[^1]], keepdims: true, name);
                Tensor sum = Reduce(type, rows, axes[..^1], keepdims: true, name);
                return keepdims ? sum : reshape(sum, [.. sum.Shape.Where((_, i) => !axes.Contains(i))]);
            }

            TensorShape shape = keepdims
                ? [.. x.Shape.Select((d, i) => axes.Contains(i) ? 1 : d)]
                : [.. x.Shape.Where((_, i) => !axes.Contains(i))];
            Dictionary<string, object> attributes = new() { ["keepdims"] = keepdims ? 1L : 0L };
            return axes.Length == 0
                ? identity(x, name)
                : Emit.Node(type, [x, constant(Emit.Longs(axes))], x.DType, shape, name, attributes);
        }
    }
}
