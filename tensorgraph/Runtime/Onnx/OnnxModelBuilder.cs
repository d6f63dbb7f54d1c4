using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Subgraphs;

namespace TensorGraph.Runtime.Onnx;

/// <summary>Writes a subgraph as an ONNX model.</summary>
/// <remarks>
/// Fed tensors, host operations' outputs and bound variables become the model's inputs; constants and all other variables its
/// initializers.
/// </remarks>
/// <param name="subgraph">The subgraph.</param>
/// <param name="bakedValue">The value of a variable that the model holds as a constant; null for one that is an input.</param>
/// <param name="keepsConstantsOutside">Whether large constants stay outside the model instead of becoming part of it.</param>
internal sealed class OnnxModelBuilder(Subgraph subgraph, Func<Variable, HostMemory?> bakedValue, bool keepsConstantsOutside)
{
    private readonly GraphProto _model = new() { Name = "graph" };
    private readonly LargeConstants _constants = new();
    private readonly HashSet<string> _inputNames = [];
    private readonly Dictionary<Tensor, string> _names = [];
    private readonly Dictionary<string, TensorShape> _shapes = [];
    private readonly Dictionary<string, Tensor> _tensorInputs = [];
    private readonly Dictionary<string, Variable> _variableInputs = [];

    /// <summary>Model inputs that a run gives values of tensors.</summary>
    internal IReadOnlyDictionary<string, Tensor> TensorInputs => _tensorInputs;

    /// <summary>Model inputs that are bound to variables.</summary>
    internal IReadOnlyDictionary<string, Variable> VariableInputs => _variableInputs;

    /// <summary>Variables whose values the model holds as constants.</summary>
    internal HashSet<Variable> BakedVariables { get; } = [];

    /// <summary>The model that makes the given tensors, in that order; outputs are named as <see cref="OutputName"/> says.</summary>
    internal OnnxModel Build(IReadOnlyList<Tensor> outputs)
    {
        foreach (Operation operation in subgraph.Operations)
        {
            Add(operation);
        }

        foreach (Tensor output in outputs)
        {
            AddOutput(output);
        }

        return new OnnxModel(Model(_model), _shapes, _constants);
    }

    /// <summary>A model of the operators that graphs are made of.</summary>
    internal static ModelProto Model(GraphProto graph) => new()
    {
        IrVersion = OnnxOperators.IrVersion,
        ProducerName = "TensorGraph",
        Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Version = OnnxOperators.OpsetVersion } },
    };

    internal static string OutputName(int index) => $"output:{index}";

    private void Add(Operation operation)
    {
        switch (operation)
        {
            case { Host: Placeholder }:
                throw new InvalidOperationException(
                    $"placeholder {operation.Name} must be fed a value of {operation.Output.DType} {operation.Output.Shape}");
            case { Host: not null }:
                break;
            case { Type: "Constant" }:
                AddInitializer(operation.Output.Name, HostMemory.Of(operation.Attribute<NDArray>("value")));
                break;
            default:
                AddNode(operation);
                break;
        }
    }

    private void AddNode(Operation operation)
    {
        NodeProto node = new() { Name = operation.Name, OpType = operation.Type };
        node.Input.AddRange(operation.Inputs.Select(NameOf));
        node.Output.AddRange(operation.Outputs.Select(o => o.Name));
        node.Attribute.AddRange(operation.Attributes.Select(OnnxAttributes.Of));
        _model.Node.Add(node);
        foreach (Tensor output in operation.Outputs)
        {
            AddShape(output.Name, output);
        }
    }

    private void AddOutput(Tensor tensor)
    {
        string name = OutputName(_model.Output.Count);
        _model.Node.Add(new NodeProto { Name = name, OpType = "Identity", Input = { NameOf(tensor) }, Output = { name } });
        _model.Output.Add(ValueInfo(name, tensor));
    }

    /// <summary>The model's name for a tensor: an input, an initializer, or the output of a node.</summary>
    private string NameOf(Tensor tensor)
    {
        if (!_names.TryGetValue(tensor, out string? name))
        {
            name = FindName(tensor);
            _names.Add(tensor, name);
            AddShape(name, tensor);
        }

        return name;
    }

    private string FindName(Tensor tensor)
    {
        Tensor source = subgraph.Source(tensor);
        if (subgraph.Fed.Contains(source) || source.Operation.Kernel is not null)
        {
            _tensorInputs.TryAdd(source.Name, source);
            AddInput(source.Name, source);
            return source.Name;
        }

        return source.Operation.Host is ReadVariable ? NameOfVariable(source) : source.Name;
    }

    private string NameOfVariable(Tensor read)
    {
        Variable variable = VariableOrder.VariableOf(read.Operation);
        string name = $"variable:{variable.Name}";
        if (BakedVariables.Contains(variable) || _variableInputs.ContainsKey(name))
        {
            return name;
        }

        if (bakedValue(variable) is { } value)
        {
            AddInitializer(name, value);
            BakedVariables.Add(variable);
        }
        else
        {
            AddInput(name, read);
            _variableInputs.Add(name, variable);
        }

        return name;
    }

    private void AddShape(string name, Tensor tensor)
    {
        if (tensor.DType == DataType.Float32)
        {
            _shapes.TryAdd(name, tensor.Shape);
        }
    }

    private void AddInput(string name, Tensor tensor)
    {
        if (_inputNames.Add(name))
        {
            _model.Input.Add(ValueInfo(name, tensor));
        }
    }

    private void AddInitializer(string name, HostMemory value) => _model.Initializer.Add(
        keepsConstantsOutside && LargeConstants.IsLarge(value) ? _constants.Add(name, value) : OnnxAttributes.TensorOf(value, name));

    private static ValueInfoProto ValueInfo(string name, Tensor tensor)
    {
        TensorShapeProto shape = new();
        shape.Dim.AddRange(tensor.Shape.Select((d, i) => d < 0
            ? new TensorShapeProto.Types.Dimension { DimParam = $"{name}/{i}" }
            : new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)tensor.DType, Shape = shape } },
        };
    }
}
