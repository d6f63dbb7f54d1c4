using NumSharp;
using TensorGraph.Gradients;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using TensorGraph.Runtime;

namespace TensorGraph;

/// <summary>The <c>tf</c> facade: <c>using static TensorGraph.Binding;</c> lets ported code read like its TensorFlow 1 source.</summary>
public static partial class Binding
{
    /// <summary>
    /// TensorFlow 1's functions, under its names and with its meaning: parameters are TensorFlow's in its order, without those that have no
    /// use here. All add to the default graph.
    /// </summary>
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

        /// <summary>Lets a variable scope make variables or find them again, <c>tf.AUTO_REUSE</c>.</summary>
        public const VariableReuse AUTO_REUSE = VariableReuse.Auto;

        /// <summary>The graph that functions add to.</summary>
        public static Graph get_default_graph() => Graph.Default;

        /// <summary>The innermost session entered as default; null where there is none.</summary>
        public static Session? get_default_session() => Session.Default;

        /// <summary>Enters a name scope of the default graph.</summary>
        public static NameScope name_scope(string name) => Graph.Default.NameScope(name);

        /// <summary>Places operations made in the scope on a device, such as <c>/cpu:0</c>.</summary>
        public static IDisposable device(string device_name_or_function) => Graph.Default.Device(device_name_or_function);

        /// <summary>Makes operations created in the scope run after the given ones; null clears the dependencies around.</summary>
        public static IDisposable control_dependencies(params Operation[]? control_inputs) =>
            Graph.Default.ControlDependencies(control_inputs);

        /// <summary>Enters a variable scope, and a name scope with it.</summary>
        public static IDisposable variable_scope(string name_or_scope, VariableReuse reuse = VariableReuse.Inherit) =>
            Graph.Default.VariableScope(name_or_scope, reuse);

        /// <summary>Makes or finds a variable under the current variable scope.</summary>
        public static Variable get_variable(string name, TensorShape shape, Func<TensorShape, Tensor> initializer, bool trainable = true) =>
            Graph.Default.GetVariable(name, shape, initializer, trainable);

        /// <summary>Makes a variable with a unique name under the current name scope.</summary>
        public static Variable Variable(Tensor initial_value, bool trainable = true, string? name = null) =>
            Graph.Default.CreateVariable(initial_value, name, trainable);

        /// <summary>A value that runs must be fed.</summary>
        /// <param name="dtype">Element type.</param>
        /// <param name="shape">Static shape, -1 where a dimension may vary.</param>
        /// <param name="name">Name within the current scope.</param>
        public static Tensor placeholder(DataType dtype, TensorShape shape, string? name = null) =>
            Graph.Default.CreateOperation(new OperationDefinition(new Placeholder(), [], [(dtype, shape)]), name).Output;

        /// <summary>A constant with the array's elements and shape, and its element type unless another is given.</summary>
        public static Tensor constant(NDArray value, DataType? dtype = null, string? name = null) =>
            Emit.Constant(Graph.Default, dtype is { } type ? value.astype(type.ClrType()) : value, name);

        /// <summary>A scalar constant, float32 unless another type is given, as a Python number with a point.</summary>
        /// <exception cref="ArgumentException">The element type does not hold the value, such as 0.5 for a whole number.</exception>
        public static Tensor constant(double value, DataType dtype = DataType.Float32, string? name = null) =>
            Emit.Scalar(Graph.Default, value, dtype, name);

        /// <summary>A scalar constant, int32 unless another type is given, as a Python number without a point.</summary>
        /// <inheritdoc cref="constant(double, DataType, string?)"/>
        public static Tensor constant(int value, DataType dtype = DataType.Int32, string? name = null) =>
            Emit.Scalar(Graph.Default, value, dtype, name);

        /// <summary>An int64 scalar constant.</summary>
        public static Tensor constant(long value, string? name = null) => Emit.Constant(Graph.Default, NDArray.Scalar(value), name);

        /// <summary>A boolean scalar constant.</summary>
        public static Tensor constant(bool value, string? name = null) => Emit.Constant(Graph.Default, NDArray.Scalar(value), name);

        /// <summary>The same value under a name of its own.</summary>
        public static Tensor identity(Tensor input, string? name = null) => Emit.Unary("Identity", input, name);

        /// <summary>The same value, through which no gradient flows.</summary>
        public static Tensor stop_gradient(Tensor input, string? name = null) => Elementwise.StopGradient(input, name);

        /// <summary>An operation that does nothing but run others first.</summary>
        public static Operation group(params IEnumerable<Operation> inputs) => ControlFlow.Group(Graph.Default, inputs);

        /// <summary>An operation that does nothing.</summary>
        public static Operation no_op(string? name = null) => ControlFlow.NoOp(Graph.Default, name);

        /// <summary>Writes a variable at the end of the run; the result is the value written.</summary>
        public static Tensor assign(Variable @ref, Tensor value, string? name = null) => @ref.Assign(value, name);

        /// <summary>Adds to a variable at the end of the run; the result is the value written.</summary>
        public static Tensor assign_add(Variable @ref, Tensor value, string? name = null) => @ref.Assign(@ref.ReadValue() + value, name);

        /// <summary>An operation that gives every variable of the graph its initial value.</summary>
        public static Operation global_variables_initializer() => group(Graph.Default.Variables.Select(v => v.Initializer));

        /// <summary>An operation that gives the given variables their initial values.</summary>
        public static Operation variables_initializer(IEnumerable<Variable> var_list) => group(var_list.Select(v => v.Initializer));

        /// <summary>
        /// The values of one of two branches; a run computes the branch taken and nothing of the other. Gradients flow through the branch
        /// taken.
        /// </summary>
        /// <param name="pred">Boolean scalar; it may depend on variables, feeds and random draws.</param>
        /// <param name="true_fn">Makes the values for true.</param>
        /// <param name="false_fn">Makes as many values, of the same types and ranks, for false.</param>
        /// <param name="name">Name scope of the branches.</param>
        public static Tensor[] cond(Tensor pred, Func<Tensor[]> true_fn, Func<Tensor[]> false_fn, string? name = null) =>
            ControlFlow.Cond(pred, true_fn, false_fn, name);

        /// <inheritdoc cref="cond(Tensor, Func{Tensor[]}, Func{Tensor[]}, string?)"/>
        public static Tensor cond(Tensor pred, Func<Tensor> true_fn, Func<Tensor> false_fn, string? name = null) =>
            ControlFlow.Cond(pred, () => [true_fn()], () => [false_fn()], name)[0];

        /// <summary>
        /// Symbolic gradients of the sum of <paramref name="ys"/> for each of <paramref name="xs"/>; they are part of the graph, so that
        /// gradients of gradients work.
        /// </summary>
        /// <param name="ys">Floating tensors.</param>
        /// <param name="xs">Tensors of the graph.</param>
        /// <param name="grad_ys">Gradients arriving at each of <paramref name="ys"/>; ones where left out.</param>
        /// <returns>A tensor of each x's shape, or null where <paramref name="ys"/> do not depend on x.</returns>
        /// <exception cref="NotSupportedException">An operation on the way has no gradient rule; the message names it.</exception>
        public static Tensor?[] gradients(IReadOnlyList<Tensor> ys, IReadOnlyList<Tensor> xs, IReadOnlyList<Tensor?>? grad_ys = null) =>
            SymbolicGradients.Build(ys, xs, grad_ys);

        /// <inheritdoc cref="gradients(IReadOnlyList{Tensor}, IReadOnlyList{Tensor}, IReadOnlyList{Tensor}?)"/>
        public static Tensor?[] gradients(Tensor ys, params Tensor[] xs) => SymbolicGradients.Build([ys], xs, null);
    }
}
