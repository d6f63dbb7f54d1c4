using NumSharp;
using TensorGraph.Gradients;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Operations;

namespace TensorGraph;

/// <summary>The <c>tf</c> facade: <c>using static TensorGraph.Binding;</c> lets ported code read like its TensorFlow 1 source.</summary>
public static partial class Binding
{
    /// <summary>TensorFlow 1's functions, spelled as there; all add to the default graph.</summary>
    public static partial class tf
    {
        /// <summary>32-bit float, <c>tf.float32</c>.</summary>
        public const DataType float32 = DataType.Float32;

        /// <summary>64-bit float, <c>tf.float64</c>.</summary>
        public const DataType float64 = DataType.Float64;

        /// <summary>Unsigned 8-bit integer, <c>tf.uint8</c>.</summary>
        public const DataType uint8 = DataType.UInt8;

        /// <summary>32-bit integer, <c>tf.int32</c>.</summary>
        public const DataType int32 = DataType.Int32;

        /// <summary>64-bit integer, <c>tf.int64</c>.</summary>
        public const DataType int64 = DataType.Int64;

        /// <summary>The graph that functions add to.</summary>
        public static Graph get_default_graph() => Graph.Default;

        /// <summary>Enters a name scope of the default graph.</summary>
        public static NameScope name_scope(string name) => Graph.Default.NameScope(name);

        /// <summary>Places operations made in the scope on a device, such as <c>/cpu:0</c>.</summary>
        public static IDisposable device(string name) => Graph.Default.Device(name);

        /// <summary>Makes operations created in the scope run after the given ones; null clears the dependencies around.</summary>
        public static IDisposable control_dependencies(params Operation[]? operations) => Graph.Default.ControlDependencies(operations);

        /// <summary>Enters a variable scope, and a name scope with it.</summary>
        public static IDisposable variable_scope(string name, VariableReuse reuse = VariableReuse.Inherit) => Graph.Default.VariableScope(name, reuse);

        /// <summary>Makes or finds a variable under the current variable scope.</summary>
        public static Variable get_variable(string name, TensorShape shape, Func<TensorShape, Tensor> initializer, bool trainable = true) =>
            Graph.Default.GetVariable(name, shape, initializer, trainable);

        /// <summary>Makes a variable with a unique name under the current name scope.</summary>
        public static Variable Variable(Tensor initial_value, string? name = null, bool trainable = true) =>
            Graph.Default.CreateVariable(initial_value, name, trainable);

        /// <summary>Sets the graph-level random seed.</summary>
        public static void set_random_seed(long seed) => Graph.Default.Seed = seed;

        /// <summary>A value that runs must be fed.</summary>
        /// <param name="dtype">Element type.</param>
        /// <param name="shape">Static shape, -1 where a dimension may vary.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor placeholder(DataType dtype, TensorShape shape, string? name = null) =>
            Graph.Default.CreateOperation(new OperationDefinition(HostOperations.Placeholder, [], [(dtype, shape)]), name).Output;

        /// <summary>A constant with the array's elements and shape.</summary>
        public static Tensor constant(NDArray value, string? name = null)
        {
            ArgumentNullException.ThrowIfNull(value);
            return Emit.Node(
                "Constant",
                [],
                DataTypes.Of(value.dtype),
                new TensorShape([.. value.shape.Select(d => checked((int)d))]),
                name ?? "Const",
                new Dictionary<string, object> { ["value"] = value.Contiguous() });
        }

        /// <summary>A float32 scalar constant.</summary>
        public static Tensor constant(float value, string? name = null) => constant(NDArray.Scalar(value), name);

        /// <summary>An int64 vector constant, as ONNX takes shapes and axes.</summary>
        public static Tensor constant(params long[] values) => constant(values.ToNDArray(values.Length));

        /// <summary>A scalar constant of the element type of another tensor.</summary>
        public static Tensor scalar_like(double value, Tensor like)
        {
            ArgumentNullException.ThrowIfNull(like);
            return scalar(value, like.DType);
        }

        /// <summary>A scalar constant of the given element type.</summary>
        public static Tensor scalar(double value, DataType dtype) => dtype switch
        {
            DataType.Float32 => constant(NDArray.Scalar((float)value)),
            DataType.Float64 => constant(NDArray.Scalar(value)),
            DataType.Int32 => constant(NDArray.Scalar((int)value)),
            DataType.Int64 => constant(NDArray.Scalar((long)value)),
            DataType.UInt8 => constant(NDArray.Scalar((byte)value)),
            _ => constant(NDArray.Scalar(value != 0)),
        };

        /// <summary>The same value under a name of its own.</summary>
        public static Tensor identity(Tensor x, string? name = null) => Emit.Unary("Identity", x, name);

        /// <summary>The same value, through which no gradient flows.</summary>
        public static Tensor stop_gradient(Tensor x, string? name = null) =>
            Emit.Unary("Identity", x, name ?? "StopGradient", new Dictionary<string, object> { [GraphAttributes.StopGradient] = 1L });

        /// <summary>An operation that does nothing but run others first.</summary>
        public static Operation group(params Operation[] operations)
        {
            using (Graph.Default.ControlDependencies(null))
            using (Graph.Default.ControlDependencies(operations))
            {
                return no_op("group_deps");
            }
        }

        /// <inheritdoc cref="group(Operation[])"/>
        public static Operation group(IEnumerable<Operation> operations) => group([.. operations]);

        /// <summary>An operation that does nothing.</summary>
        public static Operation no_op(string? name = null) => Graph.Default.CreateOperation(new OperationDefinition(HostOperations.NoOp, [], []), name);

        /// <summary>Writes a variable at the end of the run; the result is the value written.</summary>
        public static Tensor assign(Variable variable, Tensor value, string? name = null)
        {
            ArgumentNullException.ThrowIfNull(variable);
            return variable.Assign(value, name);
        }

        /// <summary>Adds to a variable at the end of the run; the result is the value written.</summary>
        public static Tensor assign_add(Variable variable, Tensor value, string? name = null)
        {
            ArgumentNullException.ThrowIfNull(variable);
            return variable.Assign(variable.ReadValue() + value, name);
        }

        /// <summary>An operation that gives every variable of the graph its initial value.</summary>
        public static Operation global_variables_initializer() => group(Graph.Default.Variables.Select(v => v.Initializer));

        /// <summary>An operation that gives the given variables their initial values.</summary>
        public static Operation variables_initializer(IEnumerable<Variable> variables) => group(variables.Select(v => v.Initializer));

        /// <summary>The values of one of two branches; a run computes the branch taken and nothing of the other. Gradients flow through the branch taken.</summary>
        /// <param name="pred">Boolean scalar; it may depend on variables, feeds and random draws.</param>
        /// <param name="true_fn">Makes the values for true.</param>
        /// <param name="false_fn">Makes as many values, of the same types and ranks, for false.</param>
        /// <param name="name">Name scope of the branches.</param>
        public static Tensor[] cond(Tensor pred, Func<Tensor[]> true_fn, Func<Tensor[]> false_fn, string? name = null) =>
            Conditional.Build(pred, true_fn, false_fn, name);

        /// <inheritdoc cref="cond(Tensor, Func{Tensor[]}, Func{Tensor[]}, string?)"/>
        public static Tensor cond(Tensor pred, Func<Tensor> true_fn, Func<Tensor> false_fn, string? name = null) =>
            Conditional.Build(pred, () => [true_fn()], () => [false_fn()], name)[0];

        /// <summary>Symbolic gradients of the sum of <paramref name="ys"/> for each of <paramref name="xs"/>; they are part of the graph, so that gradients of gradients work.</summary>
        /// <param name="ys">Floating tensors.</param>
        /// <param name="xs">Tensors of the graph.</param>
        /// <param name="grad_ys">Gradients arriving at each of <paramref name="ys"/>; ones where left out.</param>
        /// <returns>A tensor of each x's shape, or null where <paramref name="ys"/> do not depend on x.</returns>
        /// <exception cref="NotSupportedException">An operation on the way has no gradient rule; the message names it.</exception>
        public static Tensor?[] gradients(IReadOnlyList<Tensor> ys, IReadOnlyList<Tensor> xs, IReadOnlyList<Tensor?>? grad_ys = null) =>
            SymbolicGradients.Build(ys, xs, grad_ys);

        /// <inheritdoc cref="gradients(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, IReadOnlyList{Tensor}?)"/>
        public static Tensor?[] gradients(Tensor y, params Tensor[] xs) => SymbolicGradients.Build([y], xs, null);
    }
}
