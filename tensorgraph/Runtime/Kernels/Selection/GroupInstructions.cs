using TensorGraph.Runtime.Kernels.Elementwise.Loops;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Writes the nodes of a group as the instructions of its kernel.</summary>
internal sealed class GroupInstructions
{
    private readonly ElementwiseNodes _nodes;
    private readonly FusedGroup _group;
    private readonly IReadOnlyList<string> _inputs;
    private readonly Dictionary<string, Operand> _results = [];
    private readonly List<Instruction> _instructions = [];

    private GroupInstructions(ElementwiseNodes nodes, FusedGroup group, IReadOnlyList<string> inputs)
    {
        _nodes = nodes;
        _group = group;
        _inputs = inputs;
    }

    /// <summary>The instructions.</summary>
    /// <param name="nodes">What fused kernels can compute.</param>
    /// <param name="group">The group.</param>
    /// <param name="inputs">The kernel's inputs.</param>
    /// <param name="outputs">The kernel's outputs.</param>
    internal static IReadOnlyList<Instruction> Of(
        ElementwiseNodes nodes, FusedGroup group, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        GroupInstructions instructions = new(nodes, group, inputs);
        Dictionary<string, int> places = outputs.Index().ToDictionary(o => o.Item, o => o.Index);
        foreach (NodeProto node in group.Nodes)
        {
            int output = group.Repeated.Contains(node) ? -1 : places.GetValueOrDefault(node.Output[0], -1);
            instructions.Add(node, output);
        }

        return instructions._instructions;
    }

    private void Add(NodeProto node, int output)
    {
        switch (_nodes.PointwiseOf(node))
        {
            case { Spreads: true } convolution:
                Spread(node, convolution, output);
                break;
            case { } convolution:
                AddUp(node, convolution, output);
                break;
            default:
                Operand[] operands = [.. ElementwiseNodes.Operands(node).Select(Value)];
                _results[node.Output[0]] = Add(_nodes.Instruction(node)! with
                {
                    A = operands[0],
                    B = operands.Length > 1 ? operands[1] : null,
                    Output = output,
                });
                break;
        }
    }

    /// <summary>Each feature map is a weighted sum of planes.</summary>
    private void Spread(NodeProto node, PointwiseConvolution convolution, int output)
    {
        Operand sum = default;
        for (int plane = 0; plane < convolution.Channels; plane++)
        {
            Operand pixels = Input(node.Input[0], Extent.Pixels, plane, 0);
            Operand weights = Input(node.Input[1], Extent.Channels, plane, convolution.Channels);
            bool isFirst = plane == 0, isLast = plane == convolution.Channels - 1;
            Operand product = Add(new Instruction(ElementwiseOperation.Multiply, pixels, weights, Output: isFirst && isLast ? output : -1));
            sum = isFirst ? product : Add(new Instruction(ElementwiseOperation.Add, sum, product, Output: isLast ? output : -1));
        }

        _results[node.Output[0]] = sum;
    }

    /// <summary>Each plane is a weighted sum of feature maps.</summary>
    private void AddUp(NodeProto node, PointwiseConvolution convolution, int output)
    {
        Operand maps = Value(node.Input[0]);
        for (int plane = 0; plane < convolution.Outputs; plane++)
        {
            Operand weights = Input(node.Input[1], Extent.Channels, plane * convolution.Channels, 1);
            Operand product = Add(new Instruction(ElementwiseOperation.Multiply, maps, weights));
            Add(new Instruction(ElementwiseOperation.SumOverChannels, product, Output: output, Plane: plane));
        }
    }

    private Operand Add(Instruction instruction)
    {
        _instructions.Add(instruction);
        return new Operand(Extent.Maps, _instructions.Count - 1, IsInput: false);
    }

    private Operand Value(string name) =>
        _results.TryGetValue(name, out Operand result) ? result : Input(name, _nodes.ExtentOf(name, _group.Maps)!.Value, 0, 1);

    private Operand Input(string name, Extent extent, int offset, int step) =>
        new(extent, _inputs.Index().First(i => i.Item == name).Index, IsInput: true, offset, step);
}
