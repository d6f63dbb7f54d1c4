using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>A subgraph compiled by ONNX Runtime, with its inputs and outputs bound.</summary>
internal sealed class CompiledSubgraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _runOptions = new();
    private readonly IReadOnlyDictionary<string, Tensor> _tensorInputs;
    private readonly IReadOnlyDictionary<string, Variable> _variableInputs;
    private readonly OrtMemoryInfo[] _outputMemory;

    internal CompiledSubgraph(ModelProto model, OnnxModelBuilder builder, ExecutionProvider provider, IEnumerable<bool> outputIsVariable)
    {
        using SessionOptions options = provider.CreateOptions();
        _session = new InferenceSession(model.ToByteArray(), options);
        _binding = _session.CreateIoBinding();
        _tensorInputs = builder.TensorInputs;
        _variableInputs = builder.VariableInputs;
        BakedVariables = builder.BakedVariables;
        _outputMemory = [.. outputIsVariable.Select(isVariable => isVariable ? provider.OutputMemory : OrtMemoryInfo.DefaultInstance)];
    }

    /// <summary>Variables whose values the model holds as constants.</summary>
    internal IReadOnlySet<Variable> BakedVariables { get; }

    /// <summary>Runs the model once.</summary>
    /// <returns>Its outputs; the caller disposes them.</returns>
    internal IReadOnlyList<OrtValue> Run(Func<Tensor, NDArray> valueOf, Func<Variable, OrtValue> variableValue)
    {
        List<OrtValue> shared = [];
        List<NDArray> arrays = [];
        try
        {
            foreach ((string name, Tensor tensor) in _tensorInputs)
            {
                NDArray array = valueOf(tensor);
                arrays.Add(array);
                shared.Add(OrtTensors.Share(array));
                _binding.BindInput(name, shared[^1]);
            }

            foreach ((string name, Variable variable) in _variableInputs)
            {
                _binding.BindInput(name, variableValue(variable));
            }

            return RunBound();
        }
        finally
        {
            shared.ForEach(s => s.Dispose());
            GC.KeepAlive(arrays);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private IReadOnlyList<OrtValue> RunBound()
    {
        // Bound afresh, each output gets memory of its own, so that a variable may keep it.
        for (int i = 0; i < _outputMemory.Length; i++)
        {
            _binding.BindOutputToDevice(OnnxModelBuilder.OutputName(i), _outputMemory[i]);
        }

        _session.RunWithBinding(_runOptions, _binding);
        _binding.SynchronizeBoundOutputs();
        return [.. _binding.GetOutputValues()];
    }
}
