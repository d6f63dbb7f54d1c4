using NumSharp;
using TensorGraph.Data.Elements;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Transformations;

/// <summary>Rows of arrays, or of tensors' values, along their first axis; element i has row i of each.</summary>
/// <remarks>
/// Rows are not copied before they are wanted. A tensor's value, such as a variable's, is the one it has when the initializer runs.
/// </remarks>
internal sealed class TensorSlices : ElementSource
{
    private readonly NDArray[] _arrays;
    private readonly Tensor[] _tensors;

    private TensorSlices(IReadOnlyList<(DataType, TensorShape)> wholes, NDArray[] arrays, Tensor[] tensors)
        : base(RowsOf(wholes))
    {
        _arrays = arrays;
        _tensors = tensors;
    }

    protected override IEnumerable<Tensor> OwnInputs => _tensors;

    internal static TensorSlices Of(NDArray[] arrays) => new([.. arrays.Select(a => (DataTypes.Of(a.dtype), ShapeOf(a)))], arrays, []);

    internal static TensorSlices Of(Tensor[] tensors) => new([.. tensors.Select(t => (t.DType, t.Shape))], [], tensors);

    internal override ElementStream Open(PipelineContext context) => new Stream([.. _arrays, .. _tensors.Select(context.ValueOf)]);

    private static TensorShape ShapeOf(NDArray array) => new([.. array.shape.Select(d => checked((int)d))]);

    private static (DataType, TensorShape)[] RowsOf(IReadOnlyList<(DataType DType, TensorShape Shape)> wholes)
    {
        if (wholes.Count == 0)
        {
            throw new ArgumentException("from_tensor_slices: there is nothing to take rows of");
        }

        foreach ((_, TensorShape shape) in wholes)
        {
            if (shape.Rank == 0 || (shape[0] != wholes[0].Shape[0] && shape[0] >= 0 && wholes[0].Shape[0] >= 0))
            {
                throw new ArgumentException(
                    $"from_tensor_slices: {string.Join(", ", wholes.Select(w => w.Shape))} do not have the same number of rows");
            }
        }

        return [.. wholes.Select(w => (w.DType, new TensorShape(w.Shape.ToArray()[1..])))];
    }

    private sealed class Stream : ElementStream
    {
        private readonly Component[] _firstRow;
        private readonly long _count;
        private long _next;

        internal Stream(NDArray[] arrays)
        {
            _count = arrays[0].shape[0];
            NDArray? other = Array.Find(arrays, a => a.shape[0] != _count);
            if (other is not null)
            {
                throw new InvalidOperationException($"from_tensor_slices: one array has {_count} rows, another {other.shape[0]}");
            }

            _firstRow = [.. arrays.Select(FirstRow)];
        }

        internal override bool MoveNext(Span<Component> element)
        {
            if (_next == _count)
            {
                return false;
            }

            for (int i = 0; i < element.Length; i++)
            {
                element[i] = _firstRow[i] with { Offset = _next * _firstRow[i].Length };
            }

            _next++;
            return true;
        }

        public override void Dispose()
        {
        }

        private static Component FirstRow(NDArray array)
        {
            DataType dtype = DataTypes.Of(array.dtype);
            TensorShape shape = new(ShapeOf(array).ToArray()[1..]);
            return new Component(new ArrayStorage(array), 0, dtype.ByteSize() * shape.Elements!.Value, dtype, shape);
        }
    }
}
