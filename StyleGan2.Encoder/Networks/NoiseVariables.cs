using Dnnlib.TfLib;
using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Networks;

/// <summary>The noise maps that a generator keeps.</summary>
internal static class NoiseVariables
{
    /// <summary>The variables <c>noise0</c>, <c>noise1</c>, ... of a generator's synthesis, each [1, 1, side, side].</summary>
    internal static Variable[] Of(Network generator)
    {
        IReadOnlyDictionary<string, Variable> variables = generator.Components["synthesis"].OwnVars;
        return [.. Enumerable.Range(0, variables.Count).Select(i => variables.GetValueOrDefault($"noise{i}")).TakeWhile(v => v is not null).Select(v => v!)];
    }
}
