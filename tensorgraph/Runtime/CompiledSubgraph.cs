using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>A subgraph compiled by ONNX Runtime, with its inputs and outputs bound. Several threads can run it at the same time.</summary>
internal sealed class CompiledSubgraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly LargeConstants _constants;
    private readonly ConcurrentBag<OrtIoBinding> _bindings = [];
    private readonly RunOptions _runOptions = new();
    private readonly IReadOnlyDictionary<string, Tensor> _tensorInputs;
    private readonly IReadOnlyDictionary<string, Variable> _variableInputs;
    private readonly OrtMemoryInfo[] _outputMemory;

    /// <summary>Compiles the subgraph.</summary>
    /// <param name="model">The subgraph as a model.</param>
    /// <param name="builder">What built the model.</param>
    /// <param name="provider">Runs it.</param>
    /// <param name="isKept">Which outputs the provider keeps in its memory; the others come to host memory.</param>
    internal CompiledSubgraph(OnnxModel model, OnnxModelBuilder builder, ExecutionProvider provider, IEnumerable<bool> isKept)
    {
        _session = provider.Compile(model);
        _constants = model.Constants;
        _tensorInputs = builder.TensorInputs;
        _variableInputs = builder.VariableInputs;
        BakedVariables = builder.BakedVariables;
        _outputMemory = [.. isKept.Select(kept => kept ? provider.Memory : OrtMemoryInfo.DefaultInstance)];
    }

    /// <summary>Variables whose values the model holds as constants.</summary>
    internal IReadOnlySet<Variable> BakedVariables { get; }

    /// <summary>Runs the model once.</summary>
    /// <returns>Its outputs; the caller disposes them.</returns>
    internal IReadOnlyList<OrtValue> Run(Func<Tensor, NDArray> valueOf, Func<Variable, DeviceTensor> variableValue)
    {
        OrtIoBinding binding = _bindings.TryTake(out OrtIoBinding? free) ? free : _session.CreateIoBinding();
        List<OrtValue> shared = [];
        List<NDArray> arrays = [];
        try
        {
            foreach ((string name, Tensor tensor) in _tensorInputs)
            {
                NDArray array = valueOf(tensor);
                arrays.Add(array);
                shared.Add(HostTensors.Share(array));
                binding.BindInput(name, shared[^1]);
            }

            foreach ((string name, Variable variable) in _variableInputs)
            {
                variableValue(variable).BindTo(binding, name);
            }

            return RunBound(binding);
        }
        finally
        {
            binding.ClearBoundInputs();
            binding.ClearBoundOutputs();
            _bindings.Add(binding);
            shared.ForEach(s => s.Dispose());
            GC.KeepAlive(arrays);
        }
    }

    public void Dispose()
    {
        foreach (OrtIoBinding binding in _bindings)
        {
            binding.Dispose();
        }

        _runOptions.Dispose();
        _session.Dispose();
        GC.KeepAlive(_constants);
    }

    private IReadOnlyList<OrtValue> RunBound(OrtIoBinding binding)
    {
        // Bound afresh, each output gets memory of its own, so that a variable may keep it.
        for (int i = 0; i < _outputMemory.Length; i++)
        {
            binding.BindOutputToDevice(OnnxModelBuilder.OutputName(i), _outputMemory[i]);
        }

        binding.SynchronizeBoundInputs();
        _session.RunWithBinding(_runOptions, binding);
        binding.SynchronizeBoundOutputs();
        return [.. binding.GetOutputValues()];
    }
}
