namespace TensorGraph.Graphs;

/// <summary>A tensor that a session keeps from run to run (<c>tf.Variable</c>).</summary>
public sealed class Variable
{
    internal Variable(Graph graph, string name, Tensor initialValue, bool trainable)
    {
        Graph = graph;
        Name = name;
        DType = initialValue.DType;
        Shape = initialValue.Shape;
        Trainable = trainable;
        InitialValue = initialValue;
        if (!Shape.IsFullyDefined)
        {
            throw new ArgumentException($"variable {name}: its shape {Shape} must be fully known", nameof(initialValue));
        }

        using (graph.ControlDependencies(null))
        using (graph.NameScope(name + "/"))
        {
            Value = Read("read");
            Initializer = CreateAssign(initialValue, "Assign");
        }
    }

    /// <summary>The graph that owns the variable.</summary>
    public Graph Graph { get; }

    /// <summary>Full name, such as <c>G_synthesis/4x4/Conv/noise_strength</c>.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public DataType DType { get; }

    /// <summary>The shape, fully known.</summary>
    public TensorShape Shape { get; }

    /// <summary>Whether an optimizer may change it.</summary>
    public bool Trainable { get; }

    /// <summary>What <see cref="Initializer"/> writes.</summary>
    public Tensor InitialValue { get; }

    /// <summary>The operation that writes <see cref="InitialValue"/>.</summary>
    public Operation Initializer { get; }

    /// <summary>
    /// The variable's value at the start of a run, as TensorFlow 1's cached read: no control dependency orders it. See
    /// <see cref="ReadValue"/>.
    /// </summary>
    public Tensor Value { get; }

    /// <summary>Whether a graph operation other than <see cref="Initializer"/> writes the variable.</summary>
    internal bool IsAssignedByGraph { get; private set; }

    /// <summary>A variable stands for its value.</summary>
    public static implicit operator Tensor(Variable variable) => ToTensor(variable);

    /// <summary>The variable's value, <see cref="Value"/>.</summary>
    public static Tensor ToTensor(Variable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.Value;
    }

    /// <summary>A new read that the control dependencies around it order after assigns (<c>read_value()</c>).</summary>
    public Tensor ReadValue() => Read($"{Name.Split('/')[^1]}/read");

    /// <summary>An operation that writes the variable at the end of a run; its output is the value written (<c>tf.assign</c>).</summary>
    /// <exception cref="ArgumentException">Element type or shape differ from the variable's.</exception>
    public Tensor Assign(Tensor value, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        IsAssignedByGraph = true;
        return CreateAssign(value, name ?? "Assign").Output;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {DType} {Shape}";

    private Tensor Read(string name) =>
        Graph.CreateOperation(new OperationDefinition(new ReadVariable(this), [], [(DType, Shape)]), name).Output;

    private Operation CreateAssign(Tensor value, string name)
    {
        if (value.DType != DType || !value.Shape.IsCompatibleWith(Shape))
        {
            throw new ArgumentException(
                $"variable {Name} is {DType} {Shape}; it cannot be assigned {value.Name}, {value.DType} {value.Shape}", nameof(value));
        }

        return Graph.CreateOperation(new OperationDefinition(new AssignVariable(this), [value], [(DType, Shape)]), name);
    }
}
