using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace StyleGan2.Encoder.Tests.Gradients;

/// <summary>
/// Computes a graph in double precision by the definitions of its ONNX operators, which ONNX Runtime's kernels mostly offer in single
/// precision only.
/// </summary>
internal sealed class DoubleEvaluator(IReadOnlyDictionary<Tensor, DoubleArray> feeds)
{
    private static readonly Dictionary<string, Func<Operation, DoubleArray[], DoubleArray>> s_operators = new()
    {
        ["Add"] = Binary((a, b) => a + b),
        ["Sub"] = Binary((a, b) => a - b),
        ["Mul"] = Binary((a, b) => a * b),
        ["Div"] = Binary((a, b) => a / b),
        ["Pow"] = Binary(Math.Pow),
        ["Max"] = Binary(Math.Max),
        ["Min"] = Binary(Math.Min),
        ["Equal"] = Binary((a, b) => a == b ? 1 : 0),
        ["Less"] = Binary((a, b) => a < b ? 1 : 0),
        ["LessOrEqual"] = Binary((a, b) => a <= b ? 1 : 0),
        ["Greater"] = Binary((a, b) => a > b ? 1 : 0),
        ["GreaterOrEqual"] = Binary((a, b) => a >= b ? 1 : 0),
        ["And"] = Binary((a, b) => a * b),
        ["Neg"] = Unary(x => -x),
        ["Abs"] = Unary(Math.Abs),
        ["Sign"] = Unary(x => Math.Sign(x)),
        ["Floor"] = Unary(Math.Floor),
        ["Ceil"] = Unary(Math.Ceiling),
        ["Round"] = Unary(x => Math.Round(x, MidpointRounding.ToEven)),
        ["Sqrt"] = Unary(Math.Sqrt),
        ["Reciprocal"] = Unary(x => 1 / x),
        ["Exp"] = Unary(Math.Exp),
        ["Log"] = Unary(Math.Log),
        ["Sin"] = Unary(Math.Sin),
        ["Cos"] = Unary(Math.Cos),
        ["Tanh"] = Unary(Math.Tanh),
        ["Sigmoid"] = Unary(x => 1 / (1 + Math.Exp(-x))),
        ["Relu"] = Unary(x => Math.Max(x, 0)),
        ["Elu"] = Unary(x => x > 0 ? x : Math.Exp(x) - 1),
        ["Selu"] = Unary(x => 1.05070102214813232421875 * (x > 0 ? x : 1.67326319217681884765625 * (Math.Exp(x) - 1))),
        ["Softplus"] = Unary(x => Math.Log(1 + Math.Exp(x))),
        ["Identity"] = Unary(x => x),
        ["LeakyRelu"] = (op, x) => x[0].Map(v => v > 0 ? v : op.Attribute<float>("alpha") * v),
        ["HardSigmoid"] = (op, x) => x[0].Map(v => Math.Clamp((op.Attribute<float>("alpha") * v) + op.Attribute<float>("beta"), 0, 1)),
        ["Cast"] = (op, x) => op.Output.DType.IsFloating() ? x[0] : x[0].Map(Math.Truncate),
        ["Clip"] = (_, x) => x[0].Map(v => Math.Clamp(v, x[1].Values[0], x[2].Values[0])),
        ["Where"] = (_, x) => DoubleArray.Of(
            DoubleArray.BroadcastShape(x[0].Shape, DoubleArray.BroadcastShape(x[1].Shape, x[2].Shape)),
            i => x[0].Broadcast(i) != 0 ? x[1].Broadcast(i) : x[2].Broadcast(i)),

        ["Constant"] = (op, _) => OfNDArray(op.Attribute<NDArray>("value")),
        ["Shape"] = (_, x) => new DoubleArray([.. x[0].Shape.Select(d => (double)d)], [x[0].Rank]),
        ["MatMul"] = (_, x) => MatMul(x[0], x[1]),
        ["ReduceSum"] = Reduce(v => v.Sum()),
        ["ReduceMean"] = Reduce(v => v.Average()),
        ["ReduceMax"] = Reduce(v => v.Max()),
        ["ReduceMin"] = Reduce(v => v.Min()),

        ["Reshape"] = (_, x) => new DoubleArray(x[0].Values, Filled(Integers(x[1]), x[0].Values.Length)),
        ["Unsqueeze"] = (_, x) =>
            new DoubleArray(x[0].Values, [.. x[0].Shape.Take(Integers(x[1])[0]), 1, .. x[0].Shape.Skip(Integers(x[1])[0])]),
        ["Expand"] = (_, x) => DoubleArray.Of(DoubleArray.BroadcastShape(x[0].Shape, Integers(x[1])), x[0].Broadcast),
        ["Transpose"] = (op, x) => Transpose(x[0], [.. op.Attribute<long[]>("perm").Select(p => (int)p)]),
        ["Concat"] = (op, x) => Concat(x, (int)op.Attribute<long>("axis")),
        ["Slice"] = (_, x) => Slice(x[0], Integers(x[1]), Integers(x[2]), Integers(x[3]), Integers(x[4])),
        ["Pad"] = (_, x) => Pad(x[0], Integers(x[1])),
        ["Tile"] = (_, x) => DoubleArray.Of(
            [.. x[0].Shape.Zip(Integers(x[1]), (d, m) => d * m)], i => x[0][[.. i.Zip(x[0].Shape, (at, d) => at % d)]]),
        ["DepthToSpace"] = (op, x) => ImageOperators.DepthToSpace(x[0], (int)op.Attribute<long>("blocksize")),
        ["SpaceToDepth"] = (op, x) => ImageOperators.SpaceToDepth(x[0], (int)op.Attribute<long>("blocksize")),
        ["Conv"] = (op, x) => ImageOperators.Conv(x[0], x[1], Convolutions.WindowOf(op), (int)op.Attribute<long>("group")),
        ["ConvTranspose"] = (op, x) => ImageOperators.ConvTranspose(
            x[0], x[1], Convolutions.WindowOf(op), (int)op.Attribute<long>("group"), op.Attribute<long[]>("output_padding")),
        ["MaxPool"] = (op, x) => ImageOperators.Pool(x[0], (int)op.Attribute<long[]>("kernel_shape")[0], v => v.Max()),
        ["AveragePool"] = (op, x) => ImageOperators.Pool(x[0], (int)op.Attribute<long[]>("kernel_shape")[0], v => v.Average()),
        ["Resize"] = (_, x) => DoubleArray.Of(
            [.. x[0].Shape.Zip(x[2].Values, (d, s) => (int)(d * s))], i => x[0][[.. i.Zip(x[2].Values, (at, s) => (int)(at / s))]]),
    };

    private readonly Dictionary<Tensor, DoubleArray> _values = new(feeds);

    /// <summary>The value of a tensor.</summary>
    internal DoubleArray this[Tensor tensor]
    {
        get
        {
            if (!_values.TryGetValue(tensor, out DoubleArray? value))
            {
                value = s_operators[tensor.Operation.Type](tensor.Operation, [.. tensor.Operation.Inputs.Select(i => this[i])]);
                _values.Add(tensor, value);
            }

            return value;
        }
    }

    private static Func<Operation, DoubleArray[], DoubleArray> Unary(Func<double, double> f) => (_, x) => x[0].Map(f);

    private static Func<Operation, DoubleArray[], DoubleArray> Binary(Func<double, double, double> f) =>
        (_, x) => DoubleArray.Of(DoubleArray.BroadcastShape(x[0].Shape, x[1].Shape), i => f(x[0].Broadcast(i), x[1].Broadcast(i)));

    private static Func<Operation, DoubleArray[], DoubleArray> Reduce(Func<IEnumerable<double>, double> f) => (op, x) =>
    {
        int[] axes = Integers(x[1]);
        int[] kept = [.. x[0].Shape.Select((d, i) => axes.Contains(i) ? 1 : d)];
        int[] inner = [.. x[0].Shape.Select((d, i) => axes.Contains(i) ? d : 1)];
        DoubleArray reduced = DoubleArray.Of(kept, at =>
        {
            List<double> values = [];
            DoubleArray.Of(inner, i =>
            {
                values.Add(x[0][[.. at.Zip(i, (a, b) => a + b)]]);
                return 0;
            });
            return f(values);
        });
        return op.Attribute<long>("keepdims") == 1 ? reduced : new DoubleArray(
            reduced.Values, [.. kept.Where((_, i) => !axes.Contains(i))]);
    };

    private static DoubleArray OfNDArray(NDArray value) => new(Golden.Doubles(value), [.. value.shape.Select(d => (int)d)]);

    private static int[] Integers(DoubleArray x) => Array.ConvertAll(x.Values, v => (int)v);

    private static int[] Filled(int[] shape, int elements) =>
        Array.ConvertAll(shape, d => d >= 0 ? d : elements / shape.Where(k => k >= 0).Aggregate(1, (n, k) => n * k));

    private static DoubleArray MatMul(DoubleArray a, DoubleArray b)
    {
        int[] outer = DoubleArray.BroadcastShape(a.Shape[..^2], b.Shape[..^2]);
        return DoubleArray.Of(
            [.. outer, a.Shape[^2], b.Shape[^1]],
            i => Enumerable.Range(0, a.Shape[^1]).Sum(k => a.Broadcast([.. i[..^1], k]) * b.Broadcast([.. i[..^2], k, i[^1]])));
    }

    private static DoubleArray Transpose(DoubleArray x, int[] perm) => DoubleArray.Of(Array.ConvertAll(perm, p => x.Shape[p]), i =>
    {
        int[] from = new int[perm.Length];
        for (int axis = 0; axis < perm.Length; axis++)
        {
            from[perm[axis]] = i[axis];
        }

        return x[from];
    });

    private static DoubleArray Concat(DoubleArray[] parts, int axis)
    {
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(p => p.Shape[axis]);
        return DoubleArray.Of(shape, i =>
        {
            int[] at = [.. i];
            int part = 0;
            for (; at[axis] >= parts[part].Shape[axis]; part++)
            {
                at[axis] -= parts[part].Shape[axis];
            }

            return parts[part][at];
        });
    }

    private static DoubleArray Slice(DoubleArray x, int[] begins, int[] ends, int[] axes, int[] steps)
    {
        int[] first = new int[x.Rank], step = [.. Enumerable.Repeat(1, x.Rank)], shape = [.. x.Shape];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = axes[i] < 0 ? axes[i] + x.Rank : axes[i], size = x.Shape[axis];
            int[] taken = [.. Taken(begins[i], ends[i], steps[i], size)];
            (first[axis], step[axis], shape[axis]) = (taken.FirstOrDefault(), steps[i], taken.Length);
        }

        return DoubleArray.Of(shape, i => x[[.. i.Select((at, axis) => first[axis] + (at * step[axis]))]]);
    }

    /// <summary>The positions that a Python slice takes.</summary>
    private static IEnumerable<int> Taken(int begin, int end, int step, int size)
    {
        int last = end < 0 && end >= -size ? end + size : end;
        for (int at = begin < 0 ? begin + size : begin; at >= 0 && at < size && (step > 0 ? at < last : at > last); at += step)
        {
            yield return at;
        }
    }

    private static DoubleArray Pad(DoubleArray x, int[] amounts) =>
        DoubleArray.Of([.. x.Shape.Select((d, i) => d + amounts[i] + amounts[x.Rank + i])], i =>
    {
        int[] from = [.. i.Select((at, axis) => at - amounts[axis])];
        return from.Zip(x.Shape).All(p => p.First >= 0 && p.First < p.Second) ? x[from] : 0;
    });
}
