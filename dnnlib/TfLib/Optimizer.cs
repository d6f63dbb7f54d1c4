using TensorGraph.Graphs;
using TensorGraph.Operations;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>
/// Adam as TensorFlow writes it, skipping steps whose gradients are not finite (<c>dnnlib.tflib.optimizer.Optimizer</c>).
/// </summary>
/// <remarks>
/// lr_t = lr sqrt(1 - beta2^t) / (1 - beta1^t); m += (g - m)(1 - beta1); v += (g^2 - v)(1 - beta2); x -= lr_t m / (sqrt(v) + epsilon);
/// the powers are kept in float32. A step with a non-finite gradient changes nothing, not even the powers.
/// <para>With a learning rate for each of several samples, the samples along the first axis of all variables are optimised each by itself,
/// as by an optimizer of its own: their powers and their finiteness too.</para>
/// </remarks>
public sealed class Optimizer
{
    private readonly OptimizerOptions _options;
    private readonly Tensor _learningRate;
    private readonly Dictionary<Variable, Tensor> _gradients = [];
    private readonly List<Variable> _state = [];
    private readonly string _scope;
    private Operation? _reset;

    /// <summary>Makes an optimizer in the learning rate's graph.</summary>
    /// <param name="learningRate">Float32, a scalar or [samples], such as a placeholder.</param>
    /// <param name="options">Adam's settings.</param>
    public Optimizer(Tensor learningRate, OptimizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        _options = options ?? new OptimizerOptions();
        _learningRate = learningRate;
        using IDisposable graph = learningRate.Graph.AsDefault();
        using NameScope scope = tf.name_scope(_options.Name);
        _scope = scope.Name;
    }

    /// <summary>
    /// What it remembers from step to step: the powers of its settings, and the means and squares of each variable's gradients. There after
    /// <see cref="ApplyUpdates"/>.
    /// </summary>
    public IReadOnlyList<Variable> StateVariables => _state;

    /// <summary>Registers the gradients of a loss for some variables; gradients registered for one variable add up.</summary>
    /// <param name="loss">Float32 scalar.</param>
    /// <param name="trainables">Float32 variables; one that the loss does not depend on has a gradient of zero.</param>
    public void RegisterGradients(Tensor loss, IReadOnlyList<Variable> trainables)
    {
        ArgumentNullException.ThrowIfNull(trainables);
        using IDisposable graph = _learningRate.Graph.AsDefault();
        using NameScope scope = tf.name_scope(_scope);
        Tensor?[] gradients = tf.gradients(loss, [.. trainables.Select(v => v.Value)]);
        foreach ((Variable variable, Tensor? gradient) in trainables.Zip(gradients))
        {
            Tensor found = gradient ?? tf.zeros(variable.Shape, variable.DType);
            _gradients[variable] = _gradients.TryGetValue(variable, out Tensor? sum) ? sum + found : found;
        }
    }

    /// <summary>An operation that takes one step on every registered variable.</summary>
    public Operation ApplyUpdates()
    {
        using IDisposable graph = _learningRate.Graph.AsDefault();
        using NameScope scope = tf.name_scope(_scope);
        Tensor allFinite = _gradients.Values.Select(IsFinite).Aggregate((a, b) => tf.logical_and(a, b));
        Variable beta1Power = State(Filled(_options.Beta1), "beta1_power");
        Variable beta2Power = State(Filled(_options.Beta2), "beta2_power");
        Tensor rate = _learningRate * tf.sqrt(1.0 - beta2Power.Value) / (1.0 - beta1Power.Value);
        List<Operation> updates = [.. _gradients.SelectMany(g => Update(g.Key, g.Value, rate, allFinite))];
        updates.Add(AssignIf(allFinite, beta1Power, beta1Power * tf.constant(_options.Beta1)));
        updates.Add(AssignIf(allFinite, beta2Power, beta2Power * tf.constant(_options.Beta2)));
        _reset = tf.variables_initializer(_state);
        return tf.group(updates);
    }

    /// <summary>Gives the optimizer's means and powers their initial values (<c>reset_optimizer_state</c>).</summary>
    /// <exception cref="InvalidOperationException"><see cref="ApplyUpdates"/> has not been called.</exception>
    public void ResetOptimizerState(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.Run(_reset ?? throw new InvalidOperationException("there is no state before ApplyUpdates"));
    }

    /// <summary>
    /// An operation that gives the means and powers of some samples their initial values; the optimizer has a learning rate for each.
    /// </summary>
    /// <param name="which">Bool [samples].</param>
    internal Operation ResetSamples(Tensor which)
    {
        using IDisposable graph = _learningRate.Graph.AsDefault();
        using NameScope scope = tf.name_scope(_scope);
        return tf.group(_state.Select(v => tf.assign(v, tf.where(which, v.InitialValue, v.Value)).Operation));
    }

    private bool HasSamples => _learningRate.Shape.Rank == 1;

    private Tensor IsFinite(Tensor gradient) =>
        HasSamples ? Elementwise.AllFiniteOfSamples(gradient) : Elementwise.AllFinite(gradient);

    private Tensor Filled(double value) => HasSamples ? tf.fill(_learningRate.Shape, tf.constant(value)) : tf.constant(value);

    private Operation[] Update(Variable variable, Tensor gradient, Tensor allRates, Tensor allFinite)
    {
        Tensor rate = HasSamples ? Shapes.OfSamples(allRates, variable.Shape.Rank) : allRates;
        using NameScope scope = tf.name_scope(variable.Name);
        Variable mean = State(tf.zeros(variable.Shape), "m");
        Variable square = State(tf.zeros(variable.Shape), "v");
        Tensor newMean = mean + ((gradient - mean) * OneMinus(_options.Beta1));
        Tensor newSquare = square + ((tf.square(gradient) - square) * OneMinus(_options.Beta2));
        Tensor newValue = variable - (newMean * rate / (tf.sqrt(newSquare) + _options.Epsilon));
        return [AssignIf(allFinite, mean, newMean), AssignIf(allFinite, square, newSquare), AssignIf(allFinite, variable, newValue)];
    }

    private static Operation AssignIf(Tensor condition, Variable variable, Tensor value) =>
        tf.assign(variable, tf.where(condition, value, variable.Value)).Operation;

    private Variable State(Tensor initialValue, string name)
    {
        Variable variable = tf.Variable(initialValue, trainable: false, name);
        _state.Add(variable);
        return variable;
    }

    /// <summary>1 - beta as TensorFlow's kernel has it: rounded after each operation in float32.</summary>
    private static double OneMinus(double beta) => 1f - (float)beta;
}
