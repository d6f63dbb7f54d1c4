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
        string[] names = [.. Enumerable.Range(0, variables.Count).Select(i => $"noise{i}").TakeWhile(variables.ContainsKey)];
        return [.. names.Select(n => variables[n])];
    }
}
