namespace TensorGraph.Graphs;

/// <summary>One output of an operation: a symbolic value with an element type and a static shape.</summary>
public sealed partial class Tensor
{
    internal Tensor(Operation operation, int index, DataType dtype, TensorShape shape)
    {
        Operation = operation;
        Index = index;
        DType = dtype;
        Shape = shape;
    }

    /// <summary>The operation that makes the tensor.</summary>
    public Operation Operation { get; }

    /// <summary>Which of the operation's outputs it is.</summary>
    public int Index { get; }

    /// <summary>The element type.</summary>
    public DataType DType { get; }

    /// <summary>The static shape; dimensions that only a run knows are -1.</summary>
    public TensorShape Shape { get; }

    /// <summary>The graph that owns the tensor.</summary>
    public Graph Graph => Operation.Graph;

    /// <summary>TensorFlow's tensor name, such as <c>Dataset/images:0</c>.</summary>
    public string Name => $"{Operation.Name}:{Index}";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {DType} {Shape}";
}
