using System.Diagnostics;
using System.Reflection;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>A network with its variables and settings (<c>dnnlib.tflib.network.Network</c>).</summary>
/// <remarks>It belongs to a session: the constructor adds it to the session's graph and gives its variables their values there.</remarks>
public sealed class Network
{
    /// <summary>The version of the layout in which the reference's newest networks are pickled.</summary>
    private const int LayoutVersion = 4;

    private readonly OrderedDictionary<string, Network> _components = [];
    private readonly NetworkRunner _runner;
    private readonly string _funcName;
    private readonly NetworkFunction _function;
    private readonly string _called;
    private readonly bool _isFromFile;

    /// <summary>A network whose variables start with their initial values.</summary>
    /// <param name="session">The session that it belongs to.</param>
    /// <param name="name">Its name, the start of its variables' scope.</param>
    /// <param name="funcName">The Python name of its build function.</param>
    /// <param name="staticKwargs">The settings that it is built with.</param>
    /// <exception cref="NotSupportedException">There is no such build function here.</exception>
    public Network(Session session, string name, string funcName, EasyDict staticKwargs)
        : this(session, New(name, funcName, staticKwargs, ""), parentFuncName: null, missing: null) => ResetOwnVars();

    /// <summary>A network from a pickle.</summary>
    /// <param name="session">The session that it belongs to.</param>
    /// <param name="state">
    /// What the pickle holds. Variables that it does not have start with their initial values, but it must hold about as many values as its
    /// settings ask for.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// A setting has a value that it may not have, or a variable of the pickle is not one of the network, or has another shape.
    /// </exception>
    /// <exception cref="NotSupportedException">The build function is unknown to this program.</exception>
    public Network(Session session, NetworkState state)
        : this(session, state, parentFuncName: null, new MissingVariables(state)) => LoadVariables(state);

    private Network(Session session, NetworkState state, string? parentFuncName, MissingVariables? missing)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        Session = session;
        Name = state.Name;
        StaticKwargs = state.StaticKwargs;
        BuildModuleSrc = state.BuildModuleSrc;
        _funcName = NetworkFunctions.FullName(state, parentFuncName);
        _called = state.File is null ? $"network {Name}" : $"{state.File}: network {Name}";
        _isFromFile = missing is not null;
        _function = NetworkFunctions.Find(_funcName, _called);
        foreach ((string name, NetworkState component) in state.Components)
        {
            _components.Add(name, new Network(session, component, _funcName, missing));
        }

        Template = missing is null ? BuildTemplate(null) : BuildTemplateOf(state, missing);
        _runner = new NetworkRunner(this, [.. _function.Method.GetCustomAttributes<TensorSettingAttribute>()]);
    }

    /// <summary>The session that the network belongs to.</summary>
    public Session Session { get; }

    /// <summary>The network's name.</summary>
    public string Name { get; }

    /// <summary>The name of its build function, without the module.</summary>
    public string BuildFuncName => _funcName.Split('.')[^1];

    /// <summary>The settings that it is built with.</summary>
    public EasyDict StaticKwargs { get; }

    /// <summary>Program text that came with its pickle; carried along, never run.</summary>
    public string BuildModuleSrc { get; }

    /// <summary>The networks that it is made of.</summary>
    public IReadOnlyDictionary<string, Network> Components => _components;

    /// <summary>The names of its inputs.</summary>
    public IReadOnlyList<string> InputNames => [.. Template.Inputs.Select(i => i.Name)];

    /// <summary>The shapes of its inputs, the number of samples -1.</summary>
    public IReadOnlyList<TensorShape> InputShapes => [.. Template.Inputs.Select(i => i.Tensor.Shape)];

    /// <summary>The shapes of its outputs, the number of samples -1.</summary>
    public IReadOnlyList<TensorShape> OutputShapes => [.. Template.Outputs.Select(o => o.Shape)];

    /// <summary>Its own variables, without those of components, by local name.</summary>
    public IReadOnlyDictionary<string, Variable> OwnVars => Template.Variables;

    /// <summary>Its variables and its components', by local name such as <c>G_synthesis/4x4/Conv/weight</c>.</summary>
    public IReadOnlyDictionary<string, Variable> Vars
    {
        get
        {
            IEnumerable<KeyValuePair<string, Variable>> inner =
                Components.Values.SelectMany(c => c.Vars.Select(v => KeyValuePair.Create($"{c.Name}/{v.Key}", v.Value)));
            return new OrderedDictionary<string, Variable>(OwnVars.Concat(inner));
        }
    }

    /// <summary>The variables that an optimizer may change, by local name.</summary>
    public IReadOnlyDictionary<string, Variable> Trainables => new OrderedDictionary<string, Variable>(Vars.Where(v => v.Value.Trainable));

    internal NetworkTemplate Template { get; }

    private Graph Graph => Session.Graph;

    /// <summary>Adds the network to its session's graph once more, on given inputs.</summary>
    /// <param name="inputs">One tensor of the graph for each input.</param>
    /// <param name="dynamicKwargs">Settings of this call, before the network's own.</param>
    /// <returns>The network's outputs.</returns>
    public Tensor[] GetOutputFor(IReadOnlyList<Tensor> inputs, EasyDict? dynamicKwargs = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using IDisposable graph = Graph.AsDefault();
        using NameScope names = tf.name_scope(Name);
        return Build(Template.Scope, dynamicKwargs, inputs).Outputs;
    }

    /// <summary>Runs the network on arrays, as <c>run</c> does with <c>return_as_list=True</c>.</summary>
    /// <param name="inputs">Arrays with the samples along their first axis; null stands for zeros.</param>
    /// <param name="options">Minibatch size and output conversion.</param>
    /// <param name="dynamicKwargs">Settings of this call, such as <c>truncation_psi</c>.</param>
    /// <returns>One array an output, with all samples; one alone for a network with one output.</returns>
    /// <exception cref="ArgumentException">There are too few or too many inputs, or they differ in their number of samples.</exception>
    public NDArray[] Run(IReadOnlyList<NDArray?> inputs, NetworkRunOptions? options = null, EasyDict? dynamicKwargs = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _runner.Run(inputs, options ?? new NetworkRunOptions(), dynamicKwargs ?? []);
    }

    /// <summary>
    /// A network of the same build function and session with variables of its own, which start with this one's values where it has them
    /// (<c>clone</c>).
    /// </summary>
    /// <param name="name">The copy's name; this network's if left out.</param>
    /// <param name="newStaticKwargs">Settings to change; components are made again with them.</param>
    /// <exception cref="ArgumentException">With the new settings a variable has another shape.</exception>
    public Network Clone(string? name = null, EasyDict? newStaticKwargs = null)
    {
        EasyDict kwargs = new(StaticKwargs);
        kwargs.Update(newStaticKwargs ?? []);
        Network clone = new(Session, New(name ?? Name, _funcName, kwargs, BuildModuleSrc), parentFuncName: null, missing: null);
        clone.ResetOwnVars();
        clone.CopyVarsFrom(this);
        return clone;
    }

    /// <summary>The network's settings and its variables' values, as a pickle holds them (<c>__getstate__</c>).</summary>
    public NetworkState GetState()
    {
        OrderedDictionary<string, NetworkState> components = new(_components.Select(c => KeyValuePair.Create(c.Key, c.Value.GetState())));
        NDArray[] values = Session.Run([.. OwnVars.Values.Select(v => Fetch.FromTensor(v.Value))]);
        return New(Name, _funcName, StaticKwargs, BuildModuleSrc) with
        {
            Components = components,
            Variables = [.. OwnVars.Keys.Zip(values)],
        };
    }

    /// <summary>The value of a variable.</summary>
    /// <param name="name">Local name.</param>
    public NDArray GetVar(string name) => Session.Value(FindVar(name));

    /// <summary>Changes the value of a variable.</summary>
    /// <param name="name">Local name.</param>
    /// <param name="value">Of the variable's shape.</param>
    public void SetVar(string name, NDArray value) => Session.Load(FindVar(name), value);

    /// <summary>A variable by local name.</summary>
    /// <exception cref="KeyNotFoundException">The network has none of that name.</exception>
    public Variable FindVar(string name) =>
        Vars.TryGetValue(name, out Variable? variable)
            ? variable
            : throw new KeyNotFoundException($"network {Name} has no variable {name}");

    /// <summary>Takes over the values of another network's variables, where both have them (<c>copy_vars_from</c>).</summary>
    /// <exception cref="ArgumentException">A variable has another shape there.</exception>
    public void CopyVarsFrom(Network source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Copy(source.Vars, Vars, source.Session);
    }

    /// <summary>
    /// Takes over the values of another network's trainable variables, where both have them (<c>copy_trainables_from</c>).
    /// </summary>
    /// <exception cref="ArgumentException">A variable has another shape there.</exception>
    public void CopyTrainablesFrom(Network source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Copy(source.Trainables, Trainables, source.Session);
    }

    /// <summary>Gives the network's own variables their initial values (<c>reset_own_vars</c>).</summary>
    public void ResetOwnVars() => Initialize(OwnVars.Values);

    /// <summary>Gives all variables, components' included, their initial values (<c>reset_vars</c>).</summary>
    public void ResetVars() => Initialize(Vars.Values);

    /// <summary>Gives the trainable variables their initial values (<c>reset_trainables</c>).</summary>
    public void ResetTrainables() => Initialize(Trainables.Values);

    /// <summary>
    /// An operation that moves this network's variables toward another's: to theirs + (ours - theirs) * beta
    /// (<c>setup_as_moving_average_of</c>).
    /// </summary>
    /// <param name="source">The other network, of the same graph; variables that it does not have stay as they are.</param>
    /// <param name="beta">Float32 scalar for trainable variables; 0.99 if left out.</param>
    /// <param name="betaNontrainable">Float32 scalar for the others; 0, which copies them, if left out.</param>
    public Operation SetupAsMovingAverageOf(Network source, Tensor? beta = null, Tensor? betaNontrainable = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        IReadOnlyDictionary<string, Variable> theirs = source.Vars, ours = Vars;
        using IDisposable graph = Graph.AsDefault();
        using NameScope root = tf.name_scope("");
        using NameScope scope = tf.name_scope($"{Template.Scope}/_MovingAvg");
        Tensor ofTrainables = beta ?? tf.constant(0.99f), ofOthers = betaNontrainable ?? tf.constant(0f);
        return tf.group(ours.Where(v => theirs.ContainsKey(v.Key)).Select(v => Update(v.Value, theirs[v.Key])));

        Operation Update(Variable mine, Variable other) =>
            tf.assign(mine, Interpolation.Lerp(other, mine, mine.Trainable ? ofTrainables : ofOthers)).Operation;
    }

    /// <summary>
    /// The network's layers in order: inputs, scopes that compute something, variables that no layer holds (<c>list_layers</c>).
    /// </summary>
    public IReadOnlyList<NetworkLayer> ListLayers() => LayerList.Of(Template, Vars);

    /// <summary>Writes a table of the network's layers, with their parameters and shapes (<c>print_layers</c>).</summary>
    /// <param name="output">Where to; the console if left out.</param>
    /// <param name="title">Heading of the first column; the network's name if left out.</param>
    /// <param name="hideLayersWithNoParams">Whether only layers with parameters are listed.</param>
    public void PrintLayers(TextWriter? output = null, string? title = null, bool hideLayersWithNoParams = false) =>
        LayerTable.Write(output ?? Console.Out, title ?? Name, ListLayers(), hideLayersWithNoParams);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({BuildFuncName}) {StaticKwargs}";

    internal Network GetOrAddComponent(string name, Func<Network> create)
    {
        if (!_components.TryGetValue(name, out Network? component))
        {
            component = _isFromFile ? throw new FormatException($"its file has no component {name}") : create();
            _components.Add(name, component);
        }

        return component;
    }

    /// <summary>The state of a network that has no values yet.</summary>
    private static NetworkState New(string name, string funcName, EasyDict staticKwargs, string buildModuleSrc) =>
        new(LayoutVersion, name, staticKwargs, new OrderedDictionary<string, NetworkState>(), buildModuleSrc, funcName, []);

    /// <summary>The template, with each variable held against those in the network's file before it is made.</summary>
    private NetworkTemplate BuildTemplateOf(NetworkState state, MissingVariables missing)
    {
        try
        {
            NetworkVariables variables = new(state, missing);
            NetworkTemplate template = BuildTemplate(variables.Claim);
            variables.CheckAllClaimed();
            return template;
        }
        catch (FormatException e)
        {
            throw Wrong(e);
        }
    }

    private NetworkTemplate BuildTemplate(Action<string, TensorShape>? claim)
    {
        using IDisposable graph = Graph.AsDefault();
        using IDisposable outside = tf.control_dependencies(null);
        using NameScope root = tf.name_scope("");
        string scope = Graph.UniqueName(Name.Replace('/', '_'));
        using NameScope names = tf.name_scope(scope + "/");
        return Build(scope, null, null, claim);
    }

    private NetworkTemplate Build(
        string scope, EasyDict? dynamicKwargs, IReadOnlyList<Tensor>? inputs, Action<string, TensorShape>? claim = null)
    {
        EasyDict kwargs = new(StaticKwargs);
        kwargs.Update(dynamicKwargs ?? []);
        kwargs["is_template_graph"] = inputs is null;
        NetworkBuild build = new(this, kwargs, inputs);
        using IDisposable variables =
            Graph.AbsoluteVariableScope(scope, beforeCreation: (name, shape) => claim?.Invoke(name[(scope.Length + 1)..], shape));
        int begin = Graph.Operations.Count;
        try
        {
            Tensor[] outputs = _function(build);
            return new NetworkTemplate(scope, build.Inputs, outputs, Graph, begin);
        }
        catch (FormatException e)
        {
            throw Wrong(e);
        }
        catch (ArgumentException e) when (_isFromFile && inputs is null)
        {
            throw new InvalidDataException(
                $"{_called} cannot be built with its settings: {e.Message.Replace($" (Parameter '{e.ParamName}')", "")}", e);
        }
    }

    /// <summary>
    /// Gives variables, components' included, the values of the network's file, and those that it does not have their initial ones.
    /// </summary>
    private void LoadVariables(NetworkState state)
    {
        foreach ((string name, NetworkState component) in state.Components)
        {
            _components[name].LoadVariables(component);
        }

        if (NetworkVariables.NotFinite(state) is { } warning)
        {
            Trace.TraceWarning($"{_called}: {warning}");
        }

        foreach ((string name, NDArray value) in state.Variables)
        {
            Session.Load(OwnVars[name], value);
        }

        HashSet<string> held = [.. state.Variables.Select(v => v.Name)];
        Initialize(OwnVars.Where(v => !held.Contains(v.Key)).Select(v => v.Value));
    }

    private InvalidDataException Wrong(FormatException e) => new($"{_called}: {e.Message}", e);

    private void Initialize(IEnumerable<Variable> variables) => Session.Run([.. variables.Select(v => Fetch.FromOperation(v.Initializer))]);

    private void Copy(IReadOnlyDictionary<string, Variable> from, IReadOnlyDictionary<string, Variable> to, Session source)
    {
        string[] names = [.. to.Keys.Where(from.ContainsKey)];
        foreach ((string name, NDArray value) in names.Zip(source.Run([.. names.Select(n => Fetch.FromTensor(from[n].Value))])))
        {
            Session.Load(to[name], value);
        }
    }
}
